"use strict";
/**
 * `npm run compat`: type-checks and synthesizes this code on cdktn, the living fork of the archived CDKTF, by package aliases
 * alone, and compares every stack with what cdktf gives. Exit 0 the same, 1 a difference or a type error, 2 could not tell.
 *
 * Everything happens in the git-ignored folder .rolecall/compat, which keeps its packages for the next run.
 */
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { jsonDifferences } = require("./json-differences");

const ROOT = path.resolve(__dirname, "..");
const COPY = path.join(ROOT, ".rolecall", "compat");
const SOURCES = ["main.ts", "bin", "modules", "stacks", "test/support", "terraform.lock.hcl", "roster.yaml"];

/** constructs stays where the project has it: both cdktf and cdktn take that release. */
const ALIASES = { cdktf: "npm:cdktn@0.24.0", "@cdktf/provider-aws": "npm:@cdktn/provider-aws@25.7.0" };
const FORK_NODE = 22;

/** Not needed to type-check and synthesize. */
const LEFT_OUT = ["cdktf-cli", "jest", "@swc/core", "@swc/jest", "@biomejs/biome"];

/** The whole list of what may differ. The provider's address and release may not: the stacks override them. */
const ALLOWED = [
  { file: /^stacks\/[^/]+\/cdk\.tf\.json$/, at: "//.metadata.version", because: "the release of the package" },
  { file: /^manifest\.json$/, at: "version", because: "the release of the package" },
];

/** The example on each backend, since each is its own class of cdktf. */
const ROSTERS = {
  "example, local state": "",
  "example, s3 state": "backend: { s3: { bucket: example-state, roleArn: 'arn:aws:iam::111111111111:role/state' } }\n",
  "example, cloud state": "backend: { cloud: { organization: example, project: access, workspacePrefix: access- } }\n",
};

class Stop extends Error {
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function timed(what, work) {
  const began = Date.now();
  const result = work();
  say(`${what}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return result;
}

function run(command, args, cwd, env = {}) {
  const ran = spawnSync(command, args, { cwd, env: { ...process.env, ...env }, encoding: "utf8", maxBuffer: 1 << 28 });
  if (ran.error) throw new Stop(`cannot run ${path.basename(command)}: ${ran.error.message}`, 2);
  return ran;
}

function readJson(file) {
  return JSON.parse(fs.readFileSync(file, "utf8"));
}

/** The project's own package.json, with the two packages replaced. */
function forkPackage() {
  const { dependencies, devDependencies, ...project } = readJson(path.join(ROOT, "package.json"));
  const kept = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) => !LEFT_OUT.includes(name));
  return {
    name: "rolecall-compat",
    version: project.version,
    private: true,
    type: project.type,
    dependencies: { ...Object.fromEntries(kept), ...ALIASES },
  };
}

/** Packages of an earlier run are kept while what they were installed from is the same. */
function install() {
  const text = `${JSON.stringify(forkPackage(), null, 2)}\n`;
  const stamp = path.join(COPY, "installed");
  const key = createHash("sha256").update(`${process.version} ${text}`).digest("hex");
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === key) return say("packages: as in the run before");
  fs.rmSync(COPY, { recursive: true, force: true });
  fs.mkdirSync(COPY, { recursive: true });
  fs.writeFileSync(path.join(COPY, "package.json"), text);
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const ran = timed("npm install", () => run("npm", args, COPY));
  if (ran.status !== 0) throw new Stop(`npm install failed; is the package registry reachable?\n${ran.stderr}`, 2);
  fs.writeFileSync(stamp, key);
}

function copySources() {
  for (const source of SOURCES) {
    fs.rmSync(path.join(COPY, source), { recursive: true, force: true });
    fs.cpSync(path.join(ROOT, source), path.join(COPY, source), { recursive: true });
  }
  const { compilerOptions } = readJson(path.join(ROOT, "tsconfig.json"));
  const tsconfig = { compilerOptions, include: SOURCES.filter((source) => !/\.(hcl|yaml)$/.test(source)) };
  fs.writeFileSync(path.join(COPY, "tsconfig.json"), JSON.stringify(tsconfig, null, 2));
}

/** A wrong alias would compare cdktf with itself. */
function expectFork() {
  for (const [name, alias] of Object.entries(ALIASES)) {
    const found = readJson(path.join(COPY, "node_modules", name, "package.json"));
    const given = `npm:${found.name}@${found.version}`;
    if (given !== alias) throw new Stop(`${name} should be ${alias}, and is ${given}`, 2);
  }
}

function checkTypes() {
  const ran = timed("types", () =>
    run(process.execPath, [path.join(COPY, "node_modules/typescript/bin/tsc"), "--noEmit", "-p", "."], COPY),
  );
  if (ran.status !== 0) throw new Stop(`the code does not type-check with the fork:\n${ran.stdout}${ran.stderr}`, 1);
}

function synth(home, roster, outdir) {
  fs.rmSync(outdir, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(outdir), { recursive: true });
  // The sandbox's settings would replace the backend.
  const env = { CDKTF_OUTDIR: outdir, ROLECALL_ROSTER: roster, ROLECALL_SANDBOX: "" };
  const ran = run(process.execPath, [path.join(home, "bin/run.js"), "main.ts"], home, env);
  if (ran.status !== 0)
    throw new Stop(`synth failed in ${path.relative(ROOT, home) || "the project"}:\n${ran.stderr}`, 2);
  return outdir;
}

/** Every file of the output by its path: cdk.tf.json and manifest.json parsed, other files as they are. */
function readOutput(outdir) {
  const files = fs.readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const file = path.join(entry.parentPath ?? entry.path, entry.name);
      const text = fs.readFileSync(file, "utf8");
      return [path.relative(outdir, file), file.endsWith(".json") ? JSON.parse(text) : text];
    }),
  );
}

function isAllowed({ file, at }) {
  return ALLOWED.some((allowed) => allowed.file.test(file) && allowed.at === at.join("."));
}

function countArguments(value) {
  if (value === null || typeof value !== "object") return 1;
  return Object.values(value).reduce((sum, part) => sum + countArguments(part), 0);
}

/** Compares one roster; returns the lines of what differs and may not. */
function compareRoster([title, backend], index) {
  const roster = path.join(COPY, `roster-${index}.yaml`);
  fs.writeFileSync(roster, `${fs.readFileSync(path.join(ROOT, "roster.yaml"), "utf8")}\n${backend}`);
  const ours = readOutput(synth(ROOT, roster, path.join(COPY, "out", `${index}-cdktf`)));
  const fork = readOutput(synth(COPY, roster, path.join(COPY, "out", `${index}-cdktn`)));
  const stacks = Object.keys(ours).filter((file) => file.endsWith("cdk.tf.json"));
  if (stacks.length === 0) throw new Stop("synth wrote no stack; nothing was compared", 2);
  const all = [...new Set([...Object.keys(ours), ...Object.keys(fork)])]
    .sort()
    .flatMap((file) => jsonDifferences(ours[file], fork[file]).map((difference) => ({ file, ...difference })));
  const refused = all.filter((difference) => !isAllowed(difference));
  const resources = stacks.flatMap((file) => Object.values(ours[file].resource).flatMap(Object.values));
  const values = resources.reduce((sum, resource) => sum + countArguments(resource), 0);
  const counts = `${stacks.length} stacks, ${resources.length} resources, ${values} values`;
  say(`${title}: ${counts}; ${all.length - refused.length} allowed differences, ${refused.length} others`);
  return refused.map(
    ({ file, at, left, right }) =>
      `${title}: ${file} ${at.join(".")}\n  cdktf: ${JSON.stringify(left)}\n  cdktn: ${JSON.stringify(right)}`,
  );
}

function main() {
  const node = Number(process.versions.node.split(".")[0]);
  say(
    `comparing cdktf with ${Object.values(ALIASES)
      .map((alias) => alias.slice(4))
      .join(" and ")}`,
  );
  if (node < FORK_NODE) {
    say(
      `note: the fork's provider package asks for Node ${FORK_NODE} or newer, and this is ${process.version}; npm only warns`,
    );
  }
  install();
  copySources();
  expectFork();
  checkTypes();
  const refused = timed("synth and comparison", () => Object.entries(ROSTERS).flatMap(compareRoster));
  for (const { file, at, because } of ALLOWED)
    say(`allowed to differ: ${at} in ${path.basename(file.source).replaceAll(/[\\^$]/g, "")} (${because})`);
  if (refused.length > 0) throw new Stop(`the fork synthesizes something else:\n${refused.join("\n")}`, 1);
  say("the same stacks, providers, backends and resources, with every argument");
}

try {
  main();
} catch (error) {
  process.stderr.write(`compat: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof Stop ? error.code : 2;
}
