"use strict";
/**
 * Refuses a folder that came from a stranger's job unless it is small and holds only plain files: `limit-artifact.js <folder>`.
 * Exit 2 with the reason on standard error.
 */
const fs = require("node:fs");
const path = require("node:path");

const MAX_FILES = 2_000;
const MAX_BYTES = 100_000_000;
const MAX_DEPTH = 8;

const total = { files: 0, bytes: 0 };

function visit(folder, depth) {
  if (depth > MAX_DEPTH) refuse(`it is nested more than ${MAX_DEPTH} folders deep`);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) visit(file, depth + 1);
    else if (!entry.isFile()) refuse("it holds something that is neither a file nor a folder");
    else total.bytes += fs.lstatSync(file).size;
    if (++total.files > MAX_FILES) refuse(`it holds more than ${MAX_FILES} files`);
    if (total.bytes > MAX_BYTES) refuse(`it holds more than ${MAX_BYTES} bytes`);
  }
}

function refuse(reason) {
  process.stderr.write(`the artifact is refused: ${reason}\n`);
  process.exit(2);
}

const [folder] = process.argv.slice(2);
if (!folder || !fs.lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) refuse("it is not there");
visit(folder, 1);
