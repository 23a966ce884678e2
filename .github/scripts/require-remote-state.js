"use strict";
/**
 * `require-remote-state.js <synth output>`: exit 2 when a stack keeps its state in a file of the checkout. On a runner that file is gone
 * when the job ends, and the next plan would make everything once more.
 */
const fs = require("node:fs");
const path = require("node:path");

const REMOTE = ["s3", "cloud"];

const [outdir = ""] = process.argv.slice(2);
const stacks = readStacks(path.join(outdir, "stacks"));
if (stacks.length === 0) stop("no stack can be read, so where their state is kept is unknown");
const local = stacks.filter(({ places }) => places.length === 0 || places.some((place) => !REMOTE.includes(place)));
if (local.length > 0)
  stop(
    `the state of ${local.map(({ name }) => JSON.stringify(name)).join(", ")} is kept in a file, which is gone with this runner; give the roster a backend (kind: s3 or cloud)`,
  );

function readStacks(folder) {
  try {
    return fs.readdirSync(folder).map((name) => {
      const text = fs.readFileSync(path.join(folder, name, "cdk.tf.json"), "utf8");
      const { backend = {}, cloud } = JSON.parse(text).terraform;
      return { name, places: [...Object.keys(backend), ...(cloud === undefined ? [] : ["cloud"])] };
    });
  } catch {
    return [];
  }
}

function stop(reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(2);
}
