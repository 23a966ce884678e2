import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readPrivate, writePrivate } from "../../machine/private-file";
import { isRecord, quote } from "../../text";
import type { Terraform } from "./binary";
import type { SynthesizedStack } from "./manifest";

const STAMP = "rolecall-init";

/** True when this stack was initialized for the same backend, providers, lock file and Terraform. */
export function isInitialized(stack: SynthesizedStack, terraform: Terraform): boolean {
  const stamp = join(stack.folder, ".terraform", STAMP);
  const read = readPrivate(stamp, 1_000);
  return read.known && read.value?.toString("utf8") === initHash(stack, terraform);
}

/** Remembers a successful init; without `.terraform` (nothing needed one) there is nothing to remember it in. */
export function rememberInit(stack: SynthesizedStack, terraform: Terraform): void {
  const folder = join(stack.folder, ".terraform");
  if (existsSync(folder)) writePrivate(join(folder, STAMP), initHash(stack, terraform));
}

/** The reviewed lock file is kept as it is; a stack without one gets one. */
export function initArguments({ folder }: SynthesizedStack): readonly string[] {
  const locked = existsSync(join(folder, ".terraform.lock.hcl"));
  return ["init", "-input=false", "-no-color", ...(locked ? ["-lockfile=readonly"] : [])];
}

/**
 * Why Terraform would take another state than the stack's: somebody chose a workspace in its folder. Its empty state would look like
 * nothing made yet. With HCP Terraform the workspace is the stack's own.
 */
export function otherWorkspace({ name, folder }: SynthesizedStack): string | undefined {
  const file = join(folder, ".terraform", "environment");
  if (!existsSync(file)) return undefined;
  const chosen = readFileSync(file, "utf8").trim();
  const block = terraformBlock(folder);
  if (chosen === "" || chosen === "default" || (isRecord(block) && block["cloud"] !== undefined)) return undefined;
  return `the workspace ${quote(chosen)} is selected for stack ${name}, and its state is not the stack's; cd ${folder} && terraform workspace select default`;
}

function terraformBlock(folder: string): unknown {
  const json: unknown = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  return isRecord(json) && "terraform" in json ? json["terraform"] : {};
}

function initHash({ folder }: SynthesizedStack, { command, version }: Terraform): string {
  const block = terraformBlock(folder);
  const lock = join(folder, ".terraform.lock.hcl");
  const parts = [command, version, JSON.stringify(block), existsSync(lock) ? readFileSync(lock, "utf8") : ""];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
