import { execFile, type ExecFileException } from "node:child_process";
import { join, resolve } from "node:path";
import { findTerraform, type Terraform } from "../../terraform/run/binary";
import { terraformEnvironment } from "../../terraform/run/environment";
import { needsInit } from "../../terraform/run/failure";
import { type Known, known, unknown } from "../../known";
import { readManifest, type SynthesizedStack } from "../../terraform/run/manifest";
import { MAX_PLAN_BYTES, parsePlan } from "../../terraform/read/plan-text";
import { readPlan, type TerraformPlan, unchangedPlan } from "../../terraform/read/read-plan";
import { planFiles, readReceipt, savedStacks, staleness } from "../../terraform/run/receipt";
import { readStackResources } from "../../terraform/read/stack-documents";
import { readStackSetup } from "../../terraform/read/stack-setup";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { stackFolder } from "./stack-folders";
import { outputFolder } from "./synth";

/** Plans of a folder that `rolecall plan` wrote, each with the name of its stack. */
export interface SavedPlan {
  readonly file: string;
  readonly plan: Known<TerraformPlan>;
}

/**
 * Reads the plans that `rolecall plan` saved in a folder. Terraform shows them only to this process: what it prints holds
 * secrets and touches no disk. A stack whose plan had nothing to do is what its JSON says. With `only`: those of these stacks.
 */
export async function readSavedPlans(
  context: Context,
  path: string,
  only?: readonly string[],
): Promise<readonly SavedPlan[]> {
  const folder = resolve(context.root, path);
  const names = savedStacks(folder).filter((name) => only?.includes(name) ?? true);
  const wrong = (reason: string) => [{ file: path, plan: unknown(`${quote(path)}: ${reason}`) }];
  if (names.length === 0)
    return wrong("no plan that rolecall plan saved is in this folder; give its files, or plan first");
  const terraform = await findTerraform(context.env);
  if (!terraform.known) return wrong(terraform.reason);
  const stacks = readManifest(outputFolder(context));
  if (!stacks.known) return wrong(stacks.reason);
  const read: SavedPlan[] = [];
  for (const name of names) {
    const stack = stacks.value.find((each) => each.name === name);
    const plan = stack
      ? await readSaved(context, { folder, stack, terraform: terraform.value })
      : unknown("it is no longer synthesized; plan again");
    const file = join(path, name);
    read.push({ file, plan: plan.known ? plan : unknown(`the saved plan of ${quote(name)}: ${plan.reason}`) });
  }
  return read;
}

interface Saved {
  readonly folder: string;
  readonly stack: SynthesizedStack;
  readonly terraform: Terraform;
}

async function readSaved(context: Context, { folder, stack, terraform }: Saved): Promise<Known<TerraformPlan>> {
  const receipt = readReceipt(folder, stack.name);
  if (!receipt.known) return receipt;
  const stale = staleness(folder, receipt.value, stack, terraform.version);
  if (stale !== undefined) return unknown(`${stale}; plan again`);
  if (receipt.value.outcome === "failed") return unknown("it could not be planned; plan again");
  if (receipt.value.outcome === "no changes") {
    const folder = stackFolder(stack);
    return known(unchangedPlan(readStackResources(folder), readStackSetup(folder)));
  }
  const shown = await show(context, terraform, stack, planFiles(folder, stack.name).plan);
  if (!shown.known) return shown;
  const plan = parsePlan(shown.value);
  return plan.known ? known(readPlan(plan.value)) : plan;
}

/** Standard output; what Terraform says when it fails may quote the plan, and is dropped, but for why it failed. */
function show(
  context: Context,
  { command }: Terraform,
  { folder }: SynthesizedStack,
  plan: string,
): Promise<Known<Buffer>> {
  const options = {
    cwd: folder,
    env: terraformEnvironment(context.env),
    encoding: "buffer",
    maxBuffer: MAX_PLAN_BYTES + 1,
  } as const;
  return new Promise((done) => {
    execFile(command, ["show", "-no-color", "-json", plan], options, (error, stdout, stderr) =>
      done(error ? unknown(whyNotShown(command, error, stderr.toString())) : known(stdout)),
    );
  });
}

function whyNotShown(command: string, { code, signal }: ExecFileException, stderr: string): string {
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return "its JSON is larger than Rolecall reads";
  if (typeof code === "string") return `${quote(command)} cannot be started (${code})`;
  if (signal) return `terraform show was stopped by ${signal}`;
  if (needsInit(stderr)) return "its folder is not initialized here; plan again";
  return "terraform show could not read it; plan again";
}
