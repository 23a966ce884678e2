"use strict";
/**
 * Runs a TypeScript entry file: `node bin/run.js <entry.ts> [argument...]`.
 *
 * Never runs stale code (docs/decisions/002): the bundle's name is a hash of the path, size and time of change of every
 * source file, so a changed source has no bundle yet and is bundled again. Two processes at once may both build; the last
 * rename wins and both bundles are equal.
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const ROOT = path.resolve(__dirname, "..");
const SOURCES = ["main.ts", "package-lock.json", "bin", "stacks", "modules", "scripts", "bench", "test"];

function fingerprint() {
  const hash = createHash("sha256").update(process.version);
  const visit = (file) => {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of fs.readdirSync(file).sort()) visit(path.join(file, name));
    } else if (/\.(ts|js|json)$/.test(file)) {
      hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\0${stat.ino}\n`);
    }
  };
  for (const source of SOURCES) visit(path.join(ROOT, source));
  return hash.digest("hex").slice(0, 24);
}

/** Path of the up-to-date bundle of `entry`. */
function build(entry) {
  const builds = path.join(ROOT, ".rolecall", "build");
  const name = `${path.basename(entry, ".ts")}-${fingerprint()}.js`;
  const bundle = path.join(builds, name);
  if (fs.existsSync(bundle)) return bundle;
  fs.mkdirSync(builds, { recursive: true });
  const draft = path.join(builds, `.${process.pid}-${name}`);
  require("esbuild").buildSync({
    entryPoints: [path.resolve(ROOT, entry)],
    outfile: draft,
    bundle: true,
    platform: "node",
    target: `node${process.versions.node}`,
    format: "cjs",
    // Big packages stay where they are: bundling them gains nothing, and cdktf keys its symbols by package.
    external: [
      "cdktf",
      "@cdktf/*",
      "constructs",
      "@aws-sdk/*",
      "@cloud-copilot/*",
      "age-encryption",
      "esbuild",
      "cdktf-cli",
    ],
    logLevel: "error",
    logLimit: 5,
  });
  fs.renameSync(draft, bundle);
  removeOlder(builds, path.basename(entry, ".ts"), name);
  return bundle;
}

/** Keeps the few newest bundles of an entry: a process that just chose an older one may still have to load it. */
function removeOlder(builds, entry, current) {
  const old = fs
    .readdirSync(builds)
    .filter((file) => file.startsWith(`${entry}-`) && file !== current)
    .map((file) => path.join(builds, file))
    .filter((file) => Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 60_000);
  for (const file of old) fs.rmSync(file, { force: true });
}

function run(entry) {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    process.stderr.write(`rolecall needs Node.js 20 or newer; this is ${process.versions.node}\n`);
    process.exit(2);
  }
  if (!fs.existsSync(path.join(ROOT, "node_modules", "esbuild"))) {
    process.stderr.write("the dependencies are not installed; run: npm ci\n");
    process.exit(2);
  }
  // The AWS SDK announces at each start that it will want Node 22 from 2027 on; the releases pinned here run on Node 20.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  let bundle;
  try {
    bundle = build(entry);
  } catch (error) {
    if (error?.syscall)
      process.stderr.write(
        `rolecall cannot write ${error.path ?? ".rolecall/build"} (${error.code}); make its folder writable\n`,
      );
    // esbuild has printed where.
    else if (Array.isArray(error?.errors))
      process.stderr.write("the code of this checkout does not build; see above\n");
    else throw error;
    process.exit(2);
  }
  require(bundle);
}

module.exports = { run, ROOT };

if (require.main === module) {
  const entry = process.argv[2];
  if (!entry) {
    process.stderr.write("usage: node bin/run.js <entry.ts> [argument...]\n");
    process.exit(2);
  }
  process.argv.splice(1, 2, path.resolve(ROOT, entry));
  run(entry);
}
