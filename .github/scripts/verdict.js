"use strict";
/**
 * `verdict.js <file> <exit code>`: the verdict of a review that `rolecall review --json` or `--sarif` wrote, on standard output. Exit 2
 * unless it is one that rolecall knows and the exit code is the one it ends with then: a file of an older run, or a run that broke
 * off, proves nothing.
 */
const fs = require("node:fs");

const EXITS = { none: "0", narrowing: "3", widening: "1", breach: "1", unknown: "2" };

const [file, code] = process.argv.slice(2);
const verdict = verdictIn(file ?? "");
if (verdict === undefined || !Object.hasOwn(EXITS, verdict)) stop("no verdict can be read");
if (EXITS[verdict] !== code) stop(`the verdict is ${verdict}, but rolecall ended with ${Number(code)}`);
process.stdout.write(`${verdict}\n`);

function verdictIn(path) {
  try {
    const review = JSON.parse(fs.readFileSync(path, "utf8"));
    return Array.isArray(review.runs) ? review.runs[0].properties.verdict : review.verdict;
  } catch {
    return undefined;
  }
}

function stop(reason) {
  process.stderr.write(`the review is not to be believed: ${reason}\n`);
  process.exit(2);
}
