import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSavedPlans } from "../../modules/cli/stacks/saved-plans";
import { findTerraform } from "../../modules/terraform/run/binary";
import { findLeftBehind } from "../../modules/terraform/run/left-behind";
import { changesInPlan } from "../../modules/terraform/run/plan-json";
import { planFiles, readReceipt } from "../../modules/terraform/run/receipt";
import { capturedPlan } from "../support/captured-plan";
import plans from "./cases/plans.json";
import { FakeProject, script } from "./fake-project";
import { apply, plan } from "./stack-commands";

/* A failure of Terraform, and what it does not say, is never a fact about the accounts. */

describe("what a plan does", () => {
  test.each(plans.map((each) => [each.name, each] as const))("%s", (_name, { plan, ...given }) => {
    const read = () => changesInPlan(JSON.stringify(plan)).map(({ action, address }) => `${action} ${address}`);
    if ("refused" in given) expect(read).toThrow(given.refused);
    else expect(read()).toEqual(given.changes);
  });
});

const COMPLETE = {
  ...{ schemaVersion: 1, stack: "a", outcome: "changes", mode: "apply", terraform: "1.11.4", inputs: "i", plan: "p" },
  changes: [],
};

test.each<readonly [string, object, boolean]>([
  ["all there", {}, true],
  ["no changes need no plan", { outcome: "no changes", plan: undefined }, true],
  ["changes without their plan are not no changes", { plan: undefined }, false],
  ["no outcome", { outcome: undefined }, false],
  ["an outcome of tomorrow", { outcome: "deferred" }, false],
  ["no mode", { mode: "refresh" }, false],
  ["no version", { terraform: 1 }, false],
  ["of another stack", { stack: "b" }, false],
])("the receipt of a saved plan: %s", (_name, change, known) => {
  const folder = mkdtempSync(join(tmpdir(), "rolecall-receipt-"));
  writeFileSync(planFiles(folder, "a").receipt, JSON.stringify({ ...COMPLETE, ...change }));
  expect(readReceipt(folder, "a").known).toBe(known);
  rmSync(folder, { recursive: true });
});

test.each<readonly [string, string, number | "unknown" | "nothing"]>([
  ["with resources", '{"version":4,"resources":[{},{}]}', 2],
  ["without any", '{"version":4,"resources":[]}', "nothing"],
  ["encrypted by OpenTofu", '{"serial":1,"lineage":"x","encrypted_data":"abc"}', "unknown"],
  ["of another version", '{"version":5,"resources":[]}', "unknown"],
  ["without a list", '{"version":4}', "unknown"],
  ["cut off", '{"version":4,"resou', "unknown"],
  ["empty", "", "unknown"],
  ["a list", "[]", "unknown"],
])("the state of a stack that left the roster: %s", (_name, text, expected) => {
  const project = new FakeProject();
  project.write({ a: {} });
  const folder = join(project.root, "cdktf.out/stacks/a");
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(project.root, "state"));
  const backend = { local: { path: "../../../state/a.tfstate" } };
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend } }));
  writeFileSync(join(project.root, "state/old.tfstate"), text);
  const found = findLeftBehind([{ name: "a", folder }]).map(({ stack, resources }) => [stack, resources ?? "unknown"]);
  expect(found).toEqual(expected === "nothing" ? [] : [["old", expected]]);
  project.remove();
});

describe("a Terraform that fails where it is asked", () => {
  let project: FakeProject;
  beforeEach(() => {
    project = new FakeProject();
    project.write({ a: { one: {} } });
  });
  afterEach(() => project.remove());

  const ALL = { stacks: [], parallelism: 1, json: false };
  const folder = () => join(project.root, "cdktf.out/stacks/a");
  const cutOff = (text = '["aws_iam_user.a"]') => {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(join(folder(), "unfinished.json"), text);
  };
  /** Says that one thing is to be made, but for what `lines` of a shell's case say. */
  const terraform = (...lines: readonly string[]) =>
    script(project, "terraform", [
      `echo "$1" >> '${join(project.root, "calls")}'`,
      'case "$1" in',
      ...lines,
      `version) echo '{"terraform_version":"1.11.4"}' ;;`,
      'plan) for each in "$@"; do case "$each" in -out=*) echo plan > "${each#-out=}" ;; esac; done; exit 2 ;;',
      `show) echo '{"format_version":"1.2","resource_changes":[{"address":"x.a","change":{"actions":["create"]}}]}' ;;`,
      "esac",
    ]);

  test.each<readonly [string, string, number, string]>([
    ["no state yet", "echo 'No state file was found!' >&2; exit 1", 1, "to add"],
    ["an empty state", "exit 0", 1, "to add"],
    ["no right to read it", "echo 'Error: AccessDenied: s3:GetObject' >&2; exit 1", 2, "AccessDenied"],
    [
      "it is locked",
      `printf '%s\\n' 'Error: Error acquiring the state lock' 'ID: 5f3a' >&2; exit 1`,
      2,
      "the state is locked",
    ],
    ["it may not lock", "echo 'Error: Error acquiring the state lock' >&2; exit 1", 2, "Error: Error acquiring"],
    ["it says nothing", "exit 1", 2, "terraform failed without an error message"],
    ["it is killed", "kill -9 $$", 2, "terraform failed without an error message"],
    ["another exit code", "echo 'No state file was found!' >&2; exit 127", 2, "failed"],
  ])("the state after an apply that was cut off: %s", async (_name, list, code, expected) => {
    cutOff();
    const env = { TERRAFORM_BINARY_NAME: terraform(`state) ${list} ;;`) };
    expect(await plan(project.context(env), ALL, project.tools())).toBe(code);
    expect(project.out).toContain(expected);
    expect(readdirSync(folder())).toContain("unfinished.json");
  });

  test("a note of what was begun that cannot be read stops the plan, and stays", async () => {
    cutOff('["aws_iam_user.a');
    const env = { TERRAFORM_BINARY_NAME: terraform() };
    expect(await apply(project.context(env), { ...ALL, autoApprove: true }, project.tools())).toBe(2);
    expect(project.out).toContain("lists what an interrupted apply began to create, and cannot be read");
    expect(readdirSync(folder())).toContain("unfinished.json");
  });

  test.each<readonly [string, string, string]>([
    ["nothing", "exit 0", "no plan that rolecall can read"],
    ["a state", `echo '{"format_version":"1.0"}'`, "does not say what"],
    ["an error", "echo 'Error: Failed to read plan' >&2; exit 1", "Failed to read plan"],
  ])("terraform plan says changes, and show says %s", async (_what, show, expected) => {
    const env = { TERRAFORM_BINARY_NAME: terraform(`show) ${show} ;;`) };
    expect(await plan(project.context(env), ALL, project.tools())).toBe(2);
    expect(project.out).toContain(expected);
  });

  test.each<readonly [string, string, number, string]>([
    ["of a wrapper that makes 0 of 2", "exit 0", 1, "1 to add"],
    ["that says so", "echo 'No changes. Your infrastructure matches the configuration.'; exit 0", 0, "no changes"],
    ["that says so in passing", "echo '  # No changes. '; exit 0", 1, "1 to add"],
    ["that says so and means it not", "echo 'No changes. Your infrastructure'; exit 2", 1, "1 to add"],
  ])("no changes by an exit code %s", async (_name, planned, code, expected) => {
    const write = 'for each in "$@"; do case "$each" in -out=*) echo plan > "${each#-out=}" ;; esac; done';
    const env = { TERRAFORM_BINARY_NAME: terraform(`plan) ${write}; ${planned} ;;`) };
    expect(await plan(project.context(env), ALL, project.tools())).toBe(code);
    expect(project.out).toContain(expected);
  });

  test("another workspace that is selected in a stack's folder is not the stack's state", async () => {
    mkdirSync(join(folder(), ".terraform"), { recursive: true });
    writeFileSync(join(folder(), ".terraform/environment"), "trial");
    const env = { TERRAFORM_BINARY_NAME: terraform() };
    expect(await plan(project.context(env), ALL, project.tools())).toBe(2);
    expect(project.out).toContain('the workspace "trial" is selected for stack a');
    writeFileSync(join(folder(), ".terraform/environment"), "default");
    expect(await plan(project.context(env), ALL, project.tools())).toBe(1);
  });

  test("a saved plan that cannot be shown keeps the reason, and none of what Terraform says", async () => {
    const env = { TERRAFORM_BINARY_NAME: terraform() };
    expect(await plan(project.context(env), ALL, project.tools())).toBe(1);
    const reasons = async (show: string) => {
      terraform(`show) ${show} ;;`);
      const read = await readSavedPlans(project.context(env), ".rolecall/plans");
      return read.map(({ plan }) => (plan.known ? "known" : plan.reason)).join();
    };
    expect(await reasons("echo 'Error: secret' >&2; exit 1")).toMatch(/terraform show could not read it; plan again$/);
    expect(await reasons("echo 'please run terraform init' >&2; exit 1")).toContain("not initialized here");
    expect(await reasons("kill -9 $$")).toContain("stopped by SIGKILL");
  });

  test("a Terraform that cannot be started is not one that is missing", async () => {
    const found = await findTerraform({ TERRAFORM_BINARY_NAME: project.root });
    expect(found).toMatchObject({ known: false, reason: expect.stringContaining("cannot be started (EACCES)") });
  });
});

test("real plans: what they move, take over and forget is listed, and one that broke off is none", () => {
  const actions = (name: string) => new Set(changesInPlan(capturedPlan(name).toString()).map(({ action }) => action));
  expect(actions("moved-user")).toEqual(new Set(["move"]));
  expect(actions("forget-testing")).toEqual(new Set(["forget"]));
  expect(() => actions("unchanged-user")).toThrow("does not say what");
  expect(() => actions("errored-testing")).toThrow("it ends early");
  expect(() => actions("refresh-only-testing")).toThrow("does not say what");
});
