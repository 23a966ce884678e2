import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackFolder } from "../../terraform/read/stack-setup";
import { readManifest, type SynthesizedStack } from "../../terraform/run/manifest";
import { quote } from "../../text";

/** The stacks of a synth output. Throws with the reason and the cure. */
export function readStackFolders(outdir: string): readonly StackFolder[] {
  const stacks = readManifest(outdir);
  if (!stacks.known) throw new Error(stacks.reason);
  return stacks.value.map(stackFolder);
}

/** What Terraform reads in a stack's folder. */
export function stackFolder({ name, folder }: SynthesizedStack): StackFolder {
  const workspace = textIn(join(folder, ".terraform", "environment"))?.trim();
  return {
    ...{ where: name, text: stackText(folder), lock: textIn(join(folder, ".terraform.lock.hcl")) },
    ...(workspace === undefined || workspace === "" ? {} : { workspace }),
  };
}

function textIn(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function stackText(folder: string): string {
  const file = join(folder, "cdk.tf.json");
  const text = readFileSync(file, "utf8");
  try {
    JSON.parse(text);
  } catch {
    throw new Error(`${quote(file)} is not JSON; synthesize again`);
  }
  return text;
}
