import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { StackFolder } from "../../terraform/read/stack-setup";
import { readManifest, type SynthesizedStack } from "../../terraform/run/manifest";
import { Refusal } from "../../refusal";
import { quote } from "../../text";

/** The stacks of a synth output. Throws with the reason and the cure. */
export function readStackFolders(outdir: string): readonly StackFolder[] {
  const stacks = readManifest(outdir);
  if (!stacks.known) throw new Refusal(stacks.reason);
  const stray = strayFolder(stacks.value);
  if (stray !== undefined)
    throw new Refusal(
      `${quote(stray)} holds a configuration, and no stack of manifest.json lies there; remove it, or synthesize again`,
    );
  return stacks.value.map(stackFolder);
}

/** A folder beside the stacks that Terraform would take for one: what it says is in no stack, and so judged by nobody. */
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
    throw new Refusal(`${quote(file)} is not JSON; synthesize again`);
  }
  return text;
}
