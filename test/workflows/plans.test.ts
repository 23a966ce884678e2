import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { review } from "../../modules/cli/review/review";
import { plan } from "../../modules/cli/stacks/plan";
import { SMALL } from "../lifecycle/rosters";
import { expectCode, HOME, type Ran, run } from "../support/run-command";
import { linkCheckout } from "./checkout";

/* What needs no Terraform; the scripts as a whole run in test/lifecycle. */
const folder = mkdtempSync(join(tmpdir(), "rolecall-plans-"));
const root = join(folder, "checkout");

beforeAll(() => {
  mkdirSync(root);
  linkCheckout(root, SMALL);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = (name: string, env: NodeJS.ProcessEnv): Promise<Ran> =>
  run("sh", [`.github/scripts/${name}.sh`], { cwd: root, env: { PATH: process.env["PATH"], HOME: folder, ...env } });
const node = (name: string, ...args: string[]): Promise<Ran> =>
  run(process.execPath, [join(HOME, ".github/scripts", name), ...args], { cwd: folder, env: {} });

test("without a role that only reads nothing is planned", async () => {
  const out = join(folder, "no-role");
  expect(expectCode(await script("plan", { OUT: out, READ_ROLE: "" }), 2).stderr).toContain("READ_ROLE_NAME");
  expect(existsSync(out)).toBe(false);
});

test.each([
  ["CI", "plan"],
  ["GITHUB_ACTIONS", "apply"],
])("a state that would be gone with the runner is refused: %s, %s", async (variable, name) => {
  const out = join(folder, `local-${name}`);
  const env = { OUT: out, READ_ROLE: "Reader", SHOWN: out, [variable]: "true" };
  expect(expectCode(await script(name, env), 2).stderr).toContain("gone with this runner");
  expect(existsSync(join(out, "plans"))).toBe(false);
});

test("plans go into a folder that nobody made before", async () => {
  const out = join(folder, "there");
  mkdirSync(out);
  symlinkSync("there", join(folder, "link"));
  for (const name of ["there", "link"])
    expect(expectCode(await script("plan", { OUT: join(folder, name), READ_ROLE: "Reader" }), 2).stderr).toContain(
      "not there yet",
    );
});

test.each([
  ["s3", { backend: { s3: {} } }, 0],
  ["HCP Terraform", { cloud: {} }, 0],
  ["a file", { backend: { local: {} } }, 2],
  ["nothing said", {}, 2],
  ["both", { backend: { s3: {}, local: {} } }, 2],
])("where a state may be kept: %s", async (name, terraform, code) => {
  const synth = join(folder, `synth-${name}`);
  for (const stack of ["a", "b"]) mkdirSync(join(synth, "stacks", stack), { recursive: true });
  writeFileSync(join(synth, "stacks/a/cdk.tf.json"), JSON.stringify({ terraform: { backend: { s3: {} } } }));
  writeFileSync(join(synth, "stacks/b/cdk.tf.json"), JSON.stringify({ terraform }));
  expectCode(await node("require-remote-state.js", synth), code);
  writeFileSync(join(synth, "stacks/a/cdk.tf.json"), "{");
  expectCode(await node("require-remote-state.js", synth), 2);
});

test("a file that was committed into Terraform's folders is not planned", async () => {
  const cwd = fakeCheckout();
  const planted = join(cwd, "cdktf.out/stacks/testing/more.tf.json");
  mkdirSync(dirname(planted), { recursive: true });
  writeFileSync(planted, "{}");
  const synth = `
    const folder = process.env["CDKTF_OUTDIR"] + "/stacks/testing";
    require("fs").mkdirSync(folder, { recursive: true });
    require("fs").writeFileSync(folder + "/cdk.tf.json", '{"terraform":{"cloud":{}}}');`;
  writeFileSync(join(cwd, "bin/run.js"), synth);
  const env = { PATH: process.env["PATH"], CI: "true", READ_ROLE: "Reader", SAYS_review: says("none") };
  expectCode(await run("sh", [".github/scripts/plan.sh"], { cwd, env: { ...env, OUT: join(cwd, "out") } }), 0);
  expect(existsSync(planted)).toBe(false);
});

/** A checkout in which rolecall ends as it is told to. */
function fakeCheckout(): string {
  const fake = mkdtempSync(join(folder, "fake-"));
  mkdirSync(join(fake, "bin"));
  symlinkSync(join(HOME, ".github"), join(fake, ".github"));
  const program = `
    const [command, ...rest] = process.argv.slice(2);
    require("fs").appendFileSync("calls", [command, ...rest].join(" ") + "\\n");
    if (command === "review") require("fs").writeFileSync(rest[rest.indexOf("--markdown") + 1], "what it does");
    process.stdout.write(process.env["SAYS_" + command] ?? "");
    process.exitCode = Number(process.env["ENDS_" + command] ?? 0);`;
  writeFileSync(join(fake, "bin/rolecall.js"), program);
  return fake;
}

const says = (verdict: string) => JSON.stringify({ ...REVIEW, verdict });

test.each([
  ["nothing to do", "", 0, 0, "none", 0, "Nothing to apply"],
  ["to be applied", "", 1, 1, "widening", 0, "To be applied, once somebody approves"],
  ["no drift", "true", 0, 0, "none", 0, "No drift"],
  ["drift", "true", 1, 1, "widening", 1, "DRIFT: AWS is not what the roster says"],
  ["drift without more access", "true", 1, 0, "none", 1, "DRIFT: AWS is not what the roster says"],
  ["drift that Terraform leaves alone", "true", 0, 1, "widening", 1, "DRIFT: AWS is not what the roster says"],
  ["drift that cannot be judged", "true", 1, 2, "unknown", 2, "COULD NOT TELL"],
  ["a merge that cannot be judged", "", 1, 2, "unknown", 2, "COULD NOT TELL"],
  ["a stack that cannot be planned", "", 2, 0, "none", 2, "COULD NOT TELL"],
  ["a plan that crashed", "true", 137, 0, "none", 2, "COULD NOT TELL"],
  ["a review that crashed", "", 1, 1, "none", 2, "COULD NOT TELL"],
])("plan.sh: %s", async (_name, drift, plan, reviewed, verdict, code, headline) => {
  const cwd = fakeCheckout();
  const [summary, output] = [join(cwd, "summary"), join(cwd, "output")];
  const ends = { ENDS_plan: String(plan), ENDS_review: String(reviewed), SAYS_review: says(verdict) };
  const github = { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output };
  const env = {
    PATH: process.env["PATH"],
    OUT: join(cwd, "out"),
    READ_ROLE: "Reader",
    DRIFT: drift,
    ...ends,
    ...github,
  };
  expectCode(await run("sh", [".github/scripts/plan.sh"], { cwd, env }), code);
  expect(readFileSync(summary, "utf8").split("\n")[0]).toContain(`## ${headline}`);
  const changes = code === 2 ? undefined : `changes=${plan === 1 || code === 1}\n`;
  expect(existsSync(output) ? readFileSync(output, "utf8") : undefined).toBe(changes);
  expect(readFileSync(join(cwd, "calls"), "utf8").split("\n")[0]).toContain("--as Reader");
});

test.each([
  ["as shown", "widening", 0, ["plan", "review", "apply", "prove"]],
  ["not as shown", "narrowing", 1, ["plan", "review"]],
  ["not to be judged", "unknown", 2, ["plan", "review"]],
] as const)("apply.sh: %s", async (_name, verdict, code, expected) => {
  const cwd = fakeCheckout();
  const exits = { widening: "1", narrowing: "3", unknown: "2" };
  const ends = {
    ENDS_plan: "1",
    ENDS_review: exits[verdict],
    SAYS_plan: JSON.stringify(PLAN),
    SAYS_review: says(verdict),
  };
  const env = { PATH: process.env["PATH"], OUT: join(cwd, "out"), SHOWN: shown("approved", PLAN, REVIEW), ...ends };
  expectCode(await run("sh", [".github/scripts/apply.sh"], { cwd, env }), code);
  const calls = readFileSync(join(cwd, "calls"), "utf8").trim().split("\n");
  expect(calls.map((call) => call.split(" ")[0])).toEqual(expected);
  expect(calls.join()).not.toContain("--as");
});

// The versions that the commands really print: a script that takes another one stops every apply.
const PLAN = {
  schemaVersion: plan.schemaVersion,
  command: "plan",
  stacks: [
    {
      stack: "testing",
      outcome: "changes",
      accounts: [{ account: "testing", changes: [{ action: "create", address: "aws_iam_role.a" }] }],
      log: "here.log",
    },
  ],
};
const REVIEW = {
  schemaVersion: review.schemaVersion,
  command: "review",
  verdict: "widening",
  plans: "the plan of testing does what the roster says",
  findings: [],
  changes: [{ direction: "widening", sentence: "role a is made" }],
};

function shown(name: string, plan: unknown, review: unknown): string {
  const path = join(folder, name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  writeFileSync(join(path, "plan.json"), JSON.stringify(plan));
  writeFileSync(join(path, "review.json"), JSON.stringify(review));
  return path;
}

test.each([
  ["the same, elsewhere", { log: "there.log" }, {}, 0, ""],
  ["another outcome", { outcome: "no changes" }, {}, 1, "shown alone"],
  ["another resource", { accounts: [{ account: "testing", changes: [] }] }, {}, 1, "aws_iam_role.a"],
  ["a sentence more", {}, { changes: [...REVIEW.changes, { sentence: "role ##[b] is made" }] }, 1, "now alone: "],
  ["a sentence twice", {}, { changes: [...REVIEW.changes, ...REVIEW.changes] }, 1, "reviews differ"],
  ["another verdict", {}, { verdict: "none" }, 1, "widening"],
  ["a finding", {}, { findings: [{ code: "x" }] }, 1, "reviews differ"],
  ["no list", {}, { changes: undefined }, 2, "lacks a list"],
  ["another version", {}, { schemaVersion: 1 }, 2, "is not what rolecall review --json prints"],
])("what is applied is what was shown: %s", async (_name, stack, review, code, expected) => {
  const one = shown("shown", PLAN, REVIEW);
  const other = shown("own", { ...PLAN, stacks: [{ ...PLAN.stacks[0], ...stack }] }, { ...REVIEW, ...review });
  const { stderr } = expectCode(await node("compare-plans.js", one, other), code);
  expect(stderr).toContain(expected);
  expect(stderr).not.toContain("##[");
});

test("nothing shown is nothing approved", async () => {
  expectCode(await node("compare-plans.js", join(folder, "none"), shown("own", PLAN, REVIEW)), 2);
  expectCode(await node("compare-plans.js"), 2);
});
