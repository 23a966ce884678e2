import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { compareNaturally, didYouMean, quote } from "../../text";
import { type Known, known, unknown } from "../../known";

/** One stack of a synth output. */
export interface SynthesizedStack {
  readonly name: string;
  /** Folder where Terraform runs; holds `cdk.tf.json`. */
  readonly folder: string;
}

const STACK_FILE = "cdk.tf.json";
/** Of all of these in a folder Terraform and OpenTofu make one configuration, or take values for it. */
const CONFIGURATION = /\.(tf|tofu)(\.json)?$|\.tfvars(\.json)?$/i;
/** Tests, queries and settings of theirs; `terraform.d/plugins` is a mirror that providers are installed from. */
const READ_AS_WELL =
  /\.(tftest|tofutest|tfmock|tofumock|tfquery)\.(hcl|json)$|^\.?(terraform|tofu)rc$|^(terraform|tofu)\.(rc|d)$/i;
/** Also safe as a file name: plans and logs are named after it. */
const STACK_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** The stacks of a synth output, sorted by name; each one's folder is in the output and holds its JSON. */
export function readManifest(outdir: string): Known<readonly SynthesizedStack[]> {
  const file = join(outdir, "manifest.json");
  if (!existsSync(file)) return unknown(`no stacks in ${quote(outdir)}: manifest.json is missing; synthesize first`);
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return unknown(`${quote(file)} is not JSON; delete the folder and synthesize again`);
  }
  const stacks = field(manifest, "stacks");
  if (typeof stacks !== "object" || stacks === null || Array.isArray(stacks)) {
    return unknown(`${quote(file)} lists no stacks; delete the folder and synthesize again`);
  }
  return readStacks(outdir, stacks);
}

function readStacks(outdir: string, stacks: object): Known<readonly SynthesizedStack[]> {
  const read: SynthesizedStack[] = [];
  for (const [name, entry] of Object.entries(stacks)) {
    const path = field(entry, "workingDirectory");
    if (!STACK_NAME.test(name)) return unknown(`stack name ${quote(name)} is not usable as a file name; rename it`);
    if (typeof path !== "string") return unknown(`stack ${quote(name)} has no working directory; synthesize again`);
    const folder = resolve(outdir, path);
    if (isOutside(outdir, folder)) return unknown(`stack ${quote(name)} is outside the output folder: ${quote(path)}`);
    if (!existsSync(join(folder, STACK_FILE))) {
      return unknown(`stack ${quote(name)} has no ${STACK_FILE} in ${quote(folder)}; synthesize again`);
    }
    const strange = strangeFile(folder);
    if (strange !== undefined) return unknown(strange);
    read.push({ name, folder });
  }
  return known(read.sort((a, b) => compareNaturally(a.name, b.name)));
}

/** Why a file in a stack's folder makes the stack differ from what its JSON says. */
function strangeFile(folder: string): string | undefined {
  const files = readdirSync(folder).filter((file) => file !== STACK_FILE);
  const applied = files.find((file) => CONFIGURATION.test(file));
  if (applied !== undefined) return `${quote(join(folder, applied))} would be applied as well; remove it`;
  const read = files.find((file) => READ_AS_WELL.test(file));
  return read === undefined ? undefined : `Terraform reads ${quote(join(folder, read))} as well; remove it`;
}

function isOutside(outdir: string, folder: string): boolean {
  const path = relative(outdir, folder);
  return path === "" || path.startsWith("..") || isAbsolute(path);
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Object.entries(value).find(([k]) => k === key)?.[1] : undefined;
}

/** The stacks of the given names, or all without names. */
export function chooseStacks(
  stacks: readonly SynthesizedStack[],
  names: readonly string[],
): Known<readonly SynthesizedStack[]> {
  const all = stacks.map(({ name }) => name);
  const strange = names.find((name) => !all.includes(name));
  if (strange !== undefined) {
    return unknown(
      `unknown stack ${quote(strange)}${didYouMean(strange, all) || `; the stacks are ${all.map(quote).join(", ")}`}`,
    );
  }
  return known(names.length === 0 ? stacks : stacks.filter(({ name }) => names.includes(name)));
}
