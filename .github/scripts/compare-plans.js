"use strict";
/**
 * `compare-plans.js <shown> <own>`: two folders shown/ of make-plans.sh. Exit 0 when both would do the same to the same resources and to
 * access, 1 with what differs on standard error, 2 when that cannot be told.
 */
const fs = require("node:fs");
const path = require("node:path");

const MAX_BYTES = 100_000_000;
const MAX_LINES = 20;
/** Of the JSON that is compared; the tests hold them to the commands. */
const VERSIONS = { plan: 3, review: 2 };

const [shown, own] = process.argv.slice(2).map(readFolder);
if (shown === undefined || own === undefined) stop(2, "give the folder of what was shown, and that of the own plans");
const lines = [...only(shown, own, "shown alone"), ...only(own, shown, "planned now alone")];
if (lines.length > 0) {
  const more = lines.length > MAX_LINES ? [`... and ${lines.length - MAX_LINES} more`] : [];
  stop(
    1,
    ["the plans do not do what was shown; run the whole workflow again", ...lines.slice(0, MAX_LINES), ...more].join(
      "\n",
    ),
  );
}
// Whatever the facts do not cover.
if (JSON.stringify(shown.review) !== JSON.stringify(own.review))
  stop(1, "the plans do not do what was shown: their reviews differ");

function readFolder(folder) {
  const plan = readJson(path.join(folder, "plan.json"), "plan");
  const review = readJson(path.join(folder, "review.json"), "review");
  const resources = listIn(plan.stacks, folder).flatMap(({ stack, outcome, accounts }) => [
    JSON.stringify([stack, outcome]),
    ...listIn(accounts, folder).flatMap(({ account, changes }) =>
      listIn(changes, folder).map((change) => JSON.stringify([stack, account, change])),
    ),
  ]);
  const access = listIn(review.changes, folder).map((change) => JSON.stringify(change));
  return { review, facts: [JSON.stringify([review.verdict, review.plans]), ...resources, ...access] };
}

function readJson(file, command) {
  try {
    if (fs.lstatSync(file).size > MAX_BYTES) stop(2, `${JSON.stringify(file)} is too large`);
    const value = JSON.parse(fs.readFileSync(file, "utf8"));
    if (value.schemaVersion === VERSIONS[command] && value.command === command) return value;
  } catch {
    // Said below.
  }
  return stop(2, `${JSON.stringify(file)} is not what rolecall ${command} --json prints`);
}

function listIn(value, folder) {
  return Array.isArray(value) ? value : stop(2, `${JSON.stringify(folder)} lacks a list`);
}

/** The facts of `one` that `other` lacks, as lines that say nothing to the runner. */
function only(one, other, label) {
  const known = new Set(other.facts);
  return one.facts.filter((fact) => !known.has(fact)).map((fact) => `| ${label}: ${fact.replaceAll("##[", "## [")}`);
}

function stop(code, reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(code);
}
