import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readPrivate, writePrivate } from "../../machine/private-file";
import { compareText, quote } from "../../text";
import { type Known, known, unknown } from "../../known";
import type { SynthesizedStack } from "./manifest";
import type { Change } from "./plan-json";

/** Goes with every saved plan: what it was made from and what it will do. Holds no value of any resource. */
export interface Receipt {
  readonly schemaVersion: 1;
  readonly stack: string;
  readonly outcome: "changes" | "no changes" | "failed";
  /** What the plan is for: a plan to destroy is never applied as another. */
  readonly mode: "apply" | "destroy";
  readonly terraform: string;
  /** SHA-256 of `cdk.tf.json` and of the lock file. */
  readonly inputs: string;
  /** SHA-256 of the plan file; absent without changes. */
  readonly plan?: string;
  readonly changes: readonly Change[];
}

/** Far above any receipt: it names every change of its plan. */
const MAX_RECEIPT_BYTES = 50_000_000;

/** Ending of a receipt's file name. */
const RECEIPT = ".receipt.json";

/** Where one stack's results are in a folder of saved plans. */
export function planFiles(folder: string, stack: string) {
  return {
    plan: join(folder, `${stack}.tfplan`),
    receipt: join(folder, `${stack}${RECEIPT}`),
    log: join(folder, `${stack}.log`),
  };
}

/** Changes when the stack's JSON or its provider lock changes. */
export function hashInputs({ folder }: SynthesizedStack): string {
  const hash = createHash("sha256");
  for (const name of ["cdk.tf.json", ".terraform.lock.hcl"]) {
    const file = join(folder, name);
    hash.update(`${name}\0${existsSync(file) ? hashFile(file) : "absent"}\n`);
  }
  return hash.digest("hex");
}

/** SHA-256 of a file's bytes. */
export function hashFile(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

export function writeReceipt(folder: string, receipt: Receipt): void {
  const { receipt: file } = planFiles(folder, receipt.stack);
  writePrivate(file, `${JSON.stringify(receipt, undefined, 2)}\n`);
}

/** A stack's receipt, when the folder has one. */
export function readReceipt(folder: string, stack: string): Known<Receipt> {
  const { receipt: file } = planFiles(folder, stack);
  const read = readPrivate(file, MAX_RECEIPT_BYTES);
  if (!read.known) return read;
  if (read.value === undefined)
    return unknown(`stack ${stack} has no saved plan in ${quote(folder)}; run rolecall plan`);
  try {
    const receipt: unknown = JSON.parse(read.value.toString("utf8"));
    if (isReceipt(receipt) && receipt.stack === stack) return known(receipt);
  } catch {}
  return unknown(`${quote(file)} is not the receipt of a saved plan; run rolecall plan again`);
}

/** Names of the stacks with a receipt in a folder of saved plans, sorted. */
export function savedStacks(plans: string): readonly string[] {
  const files = existsSync(plans) ? readdirSync(plans) : [];
  return files
    .filter((file) => file.endsWith(RECEIPT))
    .map((file) => file.slice(0, -RECEIPT.length))
    .sort(compareText);
}

/** Removes the plans and receipts of earlier runs, and nothing else: the folder may be any of the user's. */
export function removeSavedPlans(plans: string): void {
  for (const stack of savedStacks(plans)) {
    if (!readReceipt(plans, stack).known) continue;
    const { plan, receipt } = planFiles(plans, stack);
    rmSync(receipt, { force: true });
    rmSync(plan, { force: true });
  }
}

function isReceipt(value: unknown): value is Receipt {
  return (
    typeof value === "object" &&
    value !== null &&
    "schemaVersion" in value &&
    value.schemaVersion === 1 &&
    "inputs" in value &&
    typeof value.inputs === "string" &&
    "stack" in value &&
    "mode" in value &&
    (value.mode === "apply" || value.mode === "destroy") &&
    "terraform" in value &&
    typeof value.terraform === "string" &&
    "changes" in value &&
    Array.isArray(value.changes) &&
    "outcome" in value &&
    hasPlanOf(value.outcome, value)
  );
}

/** Changes without the hash of their plan are no "no changes". */
function hasPlanOf(outcome: unknown, receipt: object): boolean {
  const plan = "plan" in receipt ? receipt.plan : undefined;
  return outcome === "changes" ? typeof plan === "string" : outcome === "no changes" || outcome === "failed";
}

/** Why a saved plan may not be applied to this stack any more, or undefined when it fits. */
export function staleness(
  folder: string,
  receipt: Receipt,
  stack: SynthesizedStack,
  version: string,
): string | undefined {
  const { plan } = planFiles(folder, stack.name);
  if (receipt.inputs !== hashInputs(stack)) return "its synthesized inputs changed since it was planned";
  if (receipt.terraform !== version) return `it was made by Terraform ${receipt.terraform}, this is ${version}`;
  if (receipt.outcome !== "changes") return undefined;
  if (!existsSync(plan)) return "its plan file is missing or was applied already";
  return hashFile(plan) === receipt.plan ? undefined : "its plan file is not the one that was saved";
}
