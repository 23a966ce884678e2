import { copyFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { AccessPlan } from "../../access/plan";
import type { Context } from "../../machine/context";

/** Puts the reviewed lock file beside each synthesized stack: `terraform init` then takes these providers and no others. */
export function copyProviderLock({ home }: Context, outdir: string, { stacks }: AccessPlan): void {
  for (const { key } of stacks)
    copyFileSync(join(home, "terraform.lock.hcl"), resolve(outdir, "stacks", key, ".terraform.lock.hcl"));
}
