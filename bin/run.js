"use strict";
/**
 * Runs a TypeScript entry file: `node bin/run.js <entry.ts> [argument...]`.
 *
 * Never runs stale code (docs/decisions/002): the bundle's name is a hash of the path, size and time of change of every
 * source file, so a changed source has no bundle yet and is bundled again. Two processes at once may both build; the last
 * rename wins and both bundles are equal. Never runs code that others could have written (docs/decisions/025): what runs are
 * bytes read from a file that was looked at while it was open, or the compiler's own answer.
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { ownFolder, readOwn, sourceCheck, Untrusted, writeOwn } = require("./own-files");

const ROOT = path.resolve(__dirname, "..");
/** By tsconfig.json and package.json the compiler finds what an import means; by cdktf.json cdktf finds what to run. */
const SETTINGS = ["package.json", "package-lock.json", "tsconfig.json", "cdktf.json"];
const SOURCES = ["main.ts", ...SETTINGS, "bin", "stacks", "modules", "scripts", "bench", "test"];

/** Looks at who may write each source on the way. */
function fingerprint() {
  const check = sourceCheck(ROOT);
  const hash = createHash("sha256").update(process.version);
  const visit = (file) => {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    // Whatever its ending: the emulator is Python.
    check(file, stat);
    if (stat.isDirectory()) {
      for (const name of fs.readdirSync(file).sort()) visit(path.join(file, name));
    } else if (/\.(ts|js|json)$/.test(file)) {
      hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\0${stat.ino}\n`);
    }
  };
  check(ROOT, fs.statSync(ROOT));
  for (const source of SOURCES) visit(path.join(ROOT, source));
  for (const installed of packages()) check(installed, fs.statSync(installed));
  return hash.digest("hex").slice(0, 24);
}

/** The folders of installed packages, by whose modes npm's own umask shows; their thousands of files are not looked at. */
function packages() {
  const top = path.join(ROOT, "node_modules");
  const inside = (folder) => fs.readdirSync(folder).map((name) => path.join(folder, name));
  const scoped = inside(top).filter((each) => path.basename(each).startsWith("@"));
  return [top, ...inside(top), ...scoped.flatMap(inside)].filter((each) => fs.existsSync(each));
}

/** The up-to-date bundle of `entry`: its name and its code. Without a folder that can be trusted it is made only for this run. */
function build(entry) {
  const name = `${path.basename(entry, ".ts")}-${fingerprint()}.js`;
  const builds = keptBuilds();
  const kept = builds && readOwn(path.join(builds, name));
  if (kept !== undefined) return { name, code: kept };
  const code = bundle(entry);
  if (builds) keep(builds, entry, name, code);
  return { name, code };
}

/** The folder for bundles, only this user's; one that others could write loses what it holds. */
function keptBuilds() {
  const [own, builds] = [path.join(ROOT, ".rolecall"), path.join(ROOT, ".rolecall", "build")];
  try {
    const repaired = [ownFolder(own, 0o755), ownFolder(builds, 0o700)];
    if (repaired.includes(true))
      for (const each of fs.readdirSync(builds)) fs.rmSync(path.join(builds, each), { recursive: true, force: true });
    return builds;
  } catch (error) {
    if (error instanceof Untrusted)
      process.stderr.write(`compiled code is not cached, and the cache is not used: ${error.message}\n`);
    else if (!error?.syscall) throw error;
    return undefined;
  }
}

/** A folder that cannot be written is not a reason not to run. */
function keep(builds, entry, name, code) {
  try {
    writeOwn(path.join(builds, name), code);
    removeOlder(builds, path.basename(entry, ".ts"), name);
  } catch (error) {
    if (!error?.syscall) throw error;
  }
}

function bundle(entry) {
  const { outputFiles } = require("esbuild").buildSync({
    entryPoints: [path.resolve(ROOT, entry)],
    outdir: path.join(ROOT, "modules", "cli"),
    write: false,
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
  return outputFiles[0].text;
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

/**
 * Runs code as a module among the sources, whose folders were looked at: from the bundles' own place Node would look for packages
 * in `.rolecall` first.
 */
function load({ name, code }) {
  const loaded = new Module(path.join(ROOT, "modules", "cli", name), module);
  loaded.filename = loaded.id;
  loaded.paths = Module._nodeModulePaths(ROOT);
  loaded._compile(code, loaded.id);
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
  // What is made from here on, by children too, is never for everybody to write.
  process.umask(process.umask() | 0o002);
  let built;
  try {
    built = build(entry);
  } catch (error) {
    if (error instanceof Untrusted) process.stderr.write(`nothing was run: ${error.message}\n`);
    else if (error?.syscall) process.stderr.write(`rolecall cannot read ${error.path ?? "its code"} (${error.code})\n`);
    // esbuild has printed where.
    else if (Array.isArray(error?.errors))
      process.stderr.write("the code of this checkout does not build; see above\n");
    else throw error;
    process.exit(2);
  }
  load(built);
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
