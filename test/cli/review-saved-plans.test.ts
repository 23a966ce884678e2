import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSavedPlans } from "../../modules/cli/stacks/saved-plans";
import { hashFile, hashInputs, planFiles, type Receipt, writeReceipt } from "../../modules/terraform/run/receipt";
import { capturedPlan } from "../support/captured-plan";
import { heard } from "../support/in-process";
import { synthesized } from "../support/synth";
import { sampleRoster } from "../support/sample-roster";

const root = mkdtempSync(join(tmpdir(), "rolecall-saved-plans-"));
const plans = join(root, "plans");
const stacks = synthesized(sampleRoster());

/** Answers `version` and prints a plan's file as its JSON, as Terraform would; a plan it cannot read is an error with a secret in it. */
const TERRAFORM = `#!/bin/sh
case "$1" in
  version) echo '{"terraform_version": "1.11.4"}' ;;
  *) grep -q format_version "$4" && cat "$4" || { echo s3cr3t; echo s3cr3t >&2; exit 1; } ;;
esac
`;

beforeAll(() => {
  writeFileSync(join(root, "terraform"), TERRAFORM);
  chmodSync(join(root, "terraform"), 0o755);
});

beforeEach(() => {
  for (const folder of [plans, join(root, "cdktf.out")]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(plans, { recursive: true });
  const listed = Object.keys(stacks).map((name) => [name, { name, workingDirectory: `stacks/${name}` }] as const);
  for (const [name, { workingDirectory }] of listed) {
    mkdirSync(join(root, "cdktf.out", workingDirectory), { recursive: true });
    writeFileSync(join(root, "cdktf.out", workingDirectory, "cdk.tf.json"), JSON.stringify(stacks[name]));
  }
  writeFileSync(join(root, "cdktf.out/manifest.json"), JSON.stringify({ stacks: Object.fromEntries(listed) }));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function save(stack: string, patch: Partial<Receipt> = {}, bytes: Uint8Array = capturedPlan(`update-${stack}`)): void {
  const { plan } = planFiles(plans, stack);
  writeFileSync(plan, bytes);
  const inputs = hashInputs({ name: stack, folder: join(root, "cdktf.out/stacks", stack) });
  const receipt: Receipt = {
    schemaVersion: 1,
    stack,
    outcome: "changes",
    mode: "apply",
    terraform: "1.11.4",
    inputs,
    changes: [],
  };
  writeReceipt(plans, { ...receipt, plan: hashFile(plan), ...patch });
}

async function saved() {
  const { context } = heard(root);
  const { CDKTF_OUTPUT: _, ...env } = process.env;
  return readSavedPlans({ ...context, env: { ...env, TERRAFORM_BINARY_NAME: join(root, "terraform") } }, "plans");
}

test("each saved plan is shown to this process; a stack without changes is what its JSON says", async () => {
  save("user");
  save("testing", { outcome: "no changes" });
  const [testing, user, ...others] = await saved();
  expect(others).toEqual([]);
  expect(user).toMatchObject({ file: "plans/user", plan: { known: true, value: { accountIds: ["111111111111"] } } });
  expect(testing).toMatchObject({
    file: "plans/testing",
    plan: { known: true, value: { accountIds: ["222222222222"] } },
  });
  expect(testing?.plan.known && testing.plan.value.after.length).toBeGreaterThan(10);
  expect(testing?.plan.known && testing.plan.value.changes).toEqual([]);
});

test.each<[string, () => void, string]>([
  ["nothing was saved", () => undefined, '"plans": no plan that rolecall plan saved is in this folder'],
  ["the code changed since", () => save("user", { inputs: "other" }), "its synthesized inputs changed since"],
  ["another Terraform made it", () => save("user", { terraform: "1.12.0" }), "it was made by Terraform 1.12.0"],
  ["somebody put another plan there", () => save("user", { plan: "other" }), "is not the one that was saved"],
  ["planning failed", () => save("user", { outcome: "failed" }), "it could not be planned"],
  ["Terraform cannot read it", () => save("user", {}, Buffer.from("junk")), "terraform show could not read it"],
  [
    "the stack is gone",
    () => save("gone", {}, capturedPlan("update-user")),
    'the saved plan of "gone": it is no longer synthesized',
  ],
])("%s: refused with the reason", async (_what, prepare, reason) => {
  prepare();
  const [only] = await saved();
  expect(only?.plan.known === false && only.plan.reason).toContain(reason);
  expect(JSON.stringify(only)).not.toContain("s3cr3t");
});
