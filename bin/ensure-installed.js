"use strict";
/** Installs the dependencies when they are missing or older than package-lock.json. Node's own modules only. */
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const ROOT = path.resolve(__dirname, "..");

function changed(file) {
  return fs.statSync(path.join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function ensureInstalled() {
  // npm writes this file last, so a broken installation is made again.
  if (changed("node_modules/.package-lock.json") >= changed("package-lock.json")) return true;
  process.stderr.write("installing the dependencies: npm ci --ignore-scripts\n");
  // Packages run with the rights of the user who starts them: under umask 000 everybody could write them.
  process.umask(process.umask() | 0o002);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync(npm, args, { cwd: ROOT, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (status === 0) return true;
  process.stderr.write("the dependencies could not be installed; see npm's message above\n");
  return false;
}

module.exports = { ensureInstalled };

if (require.main === module && !ensureInstalled()) process.exit(2);
