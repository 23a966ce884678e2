import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expectKnown } from "../../known";
import { Refusal } from "../../refusal";
import type { StackFolder } from "../../terraform/read/stack-setup";
import { readManifest, type SynthesizedStack } from "../../terraform/run/manifest";
import { quote } from "../../text";

/** The stacks of a synth output. Refuses what is not one, and a folder there that no stack names. */
export function readStackFolders(outdir: string): readonly StackFolder[] {
  const stacks = expectKnown(readManifest(outdir));
  const stray = strayFolder(stacks);
  if (stray !== undefined)
    throw new Refusal(
      `${quote(stray)} holds a configuration, but manifest.json lists no stack there; remove it, or synthesize again`,
    );
  return stacks.map(stackFolder);
}

/** A folder next to the stacks that Terraform would take for one: what it declares is in no stack, so nothing judges it. */
function strayFolder(stacks: readonly SynthesizedStack[]): string | undefined {
  const known = new Set(stacks.map(({ folder }) => folder));
  const beside = [...new Set([...known].map(dirname))].flatMap((parent) =>
    readdirSync(parent, { withFileTypes: true }).flatMap((each) => (each.isFile() ? [] : [join(parent, each.name)])),
  );
  return beside.find((folder) => !known.has(folder) && existsSync(join(folder, "cdk.tf.json")));
}

/** What Terraform reads in a stack's folder. */
export function stackFolder({ name, folder }: SynthesizedStack): StackFolder {
  const workspace = textIn(join(folder, ".terraform", "environment"))?.trim();
  const lock = textIn(join(folder, ".terraform.lock.hcl"));
  return { where: name, text: stackText(folder), lock, workspace: workspace || undefined };
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
    throw new Refusal(`${quote(file)} is not JSON; synthesize again`);
  }
  return text;
}
