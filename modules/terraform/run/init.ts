import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readPrivate, writePrivate } from "../../machine/private-file";
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

function initHash({ folder }: SynthesizedStack, { command, version }: Terraform): string {
  const json: unknown = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  const block = typeof json === "object" && json !== null && "terraform" in json ? json.terraform : {};
  const lock = join(folder, ".terraform.lock.hcl");
  const parts = [command, version, JSON.stringify(block), existsSync(lock) ? readFileSync(lock, "utf8") : ""];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
