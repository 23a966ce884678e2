"use strict";
/**
 * Asks each action's own repository which commit the pinned version is: `check-pins.js [--record]`. It reads what the workflows use
 * and action-pins.json. With --record, action-pins.json keeps the date for each pin that is right. PINS_FROM replaces https://github.com.
 * Exit 0 when all are right, 1 when a pin differs, 2 when a repository cannot be asked or a pin cannot be read.
 */
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const FROM = process.env.PINS_FROM || "https://github.com";
const WORKFLOWS = path.join(__dirname, "../workflows");
const RECORD = path.join(__dirname, "../action-pins.json");

/** Every action of the workflows: its name, commit and version, as the files have them. */
function usedActions() {
  const used = new Map();
  for (const name of fs.readdirSync(WORKFLOWS).filter((each) => /\.ya?ml$/.test(each))) {
    const text = fs.readFileSync(path.join(WORKFLOWS, name), "utf8");
    for (const [, written] of text.matchAll(/\buses:\s*(.+)$/gm)) {
      if (/^["']?\.\//.test(written)) continue;
      const [, action, commit, version] =
        /^([\w.-]+\/[\w.-]+)[\w./-]*@([0-9a-f]{40}) # (v[\w.-]+)$/.exec(written) ?? [];
      if (!action) complain(2, `invalid pin in ${name}: ${written}; write owner/name@<40 hex digits> # v1.2.3`);
      else used.set(`${action} ${commit} ${version}`, { action, commit, version });
    }
  }
  return [...used.values()].sort((a, b) => (a.action < b.action ? -1 : 1));
}

/** The commit of each tag; an annotated tag is followed to its commit. Undefined, with the reason said, when git cannot tell. */
function tagsOf(action) {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: "0" };
  const asked = spawnSync("git", ["ls-remote", "--tags", "--", `${FROM}/${action}`], { encoding: "utf8", env });
  if (asked.status !== 0) {
    const said = asked.error?.message ?? reasonOf(asked.stderr);
    complain(2, `cannot ask ${action} for its tags: ${said || "git said nothing"}`);
    return undefined;
  }
  const tags = new Map();
  for (const line of asked.stdout.split("\n")) {
    const [, commit, tag, peeled] = /^([0-9a-f]{40})\trefs\/tags\/(.+?)(\^\{\})?$/.exec(line) ?? [];
    if (tag && (peeled || !tags.has(tag))) tags.set(tag, commit);
  }
  return tags;
}

/** What git gives as the reason: advice may stand around it. */
function reasonOf(said) {
  const lines = said.trim().split("\n");
  return lines.find((line) => line.startsWith("fatal:")) ?? lines.pop();
}

/** True when the version's tag is the pinned commit. */
function isRight({ action, commit, version }) {
  const tags = tagsOf(action);
  if (!tags) return false;
  const tagged = tags.get(version);
  if (tagged === commit) console.log(`${action} ${version} is ${commit}, as pinned${newerThan(version, tags)}`);
  else if (tagged) complain(1, `${action} ${version} is ${tagged}, but ${commit} is pinned; do not run it`);
  else complain(1, `${action} has no tag ${version}, but ${commit} is pinned as that; do not run it`);
  return tagged === commit;
}

function newerThan(version, tags) {
  const parts = (tag) => tag.slice(1).split(".").map(Number);
  const compare = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
  const newest = [...tags.keys()]
    .filter((tag) => /^v\d+\.\d+\.\d+$/.test(tag))
    .sort((a, b) => compare(parts(a), parts(b)))
    .pop();
  return newest && compare(parts(newest), parts(version)) > 0 ? `; ${newest} is newer` : "";
}

function compareWithRecord(used, record) {
  const line = ({ action, commit, version }) => `${action}@${commit} # ${version}`;
  const [workflows, recorded] = [used.map(line), record.pins.map(line)];
  for (const each of workflows.filter((pin) => !recorded.includes(pin)))
    complain(1, `the workflows use ${each}, which action-pins.json does not have`);
  for (const each of recorded.filter((pin) => !workflows.includes(pin)))
    complain(1, `action-pins.json has ${each}, which no workflow uses`);
}

let exit = 0;
function complain(code, message) {
  exit = Math.max(exit, code);
  console.error(message);
}

const used = usedActions();
const record = JSON.parse(fs.readFileSync(RECORD, "utf8"));
compareWithRecord(used, record);
const right = used.filter(isRight);
if (process.argv.includes("--record")) {
  const today = new Date().toISOString().slice(0, 10);
  const holds = (pin) => right.some(({ action, commit }) => action === pin.action && commit === pin.commit);
  const pins = record.pins.map((pin) => ({ ...pin, verified: holds(pin) ? today : null }));
  fs.writeFileSync(RECORD, `${JSON.stringify({ ...record, pins }, null, 2)}\n`);
}
process.exitCode = exit;
