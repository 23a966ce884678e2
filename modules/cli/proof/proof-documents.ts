import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { AccessClaims } from "../../proof/claims";
import type { AccountDocuments } from "../../iam/account-documents";
import { plannedDocuments } from "../../terraform/read/plan-documents";
import { readManifest } from "../../terraform/run/manifest";
import { readStackDocuments, type StackText } from "../../terraform/read/stack-documents";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { readPlanFile } from "../stacks/plan-files";
import { synth } from "../stacks/synth";
import { readLive, type UnreadAccount } from "./live-accounts";

/** Where the documents to judge come from; nothing given: synthesized now. */
export interface DocumentSource {
  readonly roster?: string;
  /** Folder of a synth output. */
  readonly synth?: string;
  /** Files of `terraform show -json <plan>`. */
  readonly plan?: readonly string[];
  /** Read back from the accounts. */
  readonly live?: boolean;
}

export interface Documents {
  /** `synthesized documents`, for the first line of a report. */
  readonly what: string;
  readonly accounts: readonly AccountDocuments[];
  /** Accounts that could not be read, and why: nothing is known of them. */
  readonly unread: readonly UnreadAccount[];
}

/** The documents, or undefined with the reason on standard error. */
export async function readDocuments(
  context: Context,
  source: DocumentSource,
  claims: AccessClaims,
): Promise<Documents | undefined> {
  const given = [source.live, source.plan, source.synth].filter((each) => each !== undefined && each !== false);
  if (given.length > 1) {
    context.stderr("give one of --live, --plan and --synth: they name different documents\n");
    return undefined;
  }
  try {
    if (source.live) return { what: "documents read back from the accounts", ...(await readLive(context, claims)) };
    if (source.plan && source.plan.length > 0)
      return { what: "planned documents", accounts: readPlans(context, source.plan), unread: [] };
    if (source.synth !== undefined)
      return {
        what: `documents in ${source.synth}`,
        accounts: readOutput(resolve(context.root, source.synth)),
        unread: [],
      };
    return { what: "synthesized documents", accounts: await synthesizeNow(context, source.roster), unread: [] };
  } catch (error) {
    context.stderr(`${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

async function synthesizeNow(context: Context, roster: string | undefined): Promise<readonly AccountDocuments[]> {
  const outdir = mkdtempSync(join(tmpdir(), "rolecall-prove-"));
  try {
    if (!(await synth(context, { outdir, roster })))
      throw new Error("the roster was not synthesized; nothing was proven");
    return readOutput(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** What a synth output holds. Throws with the reason and the cure. */
export function readOutput(outdir: string): readonly AccountDocuments[] {
  return readStackDocuments(readStackTexts(outdir));
}

/** The stacks of a synth output. Throws with the reason and the cure. */
export function readStackTexts(outdir: string): readonly StackText[] {
  const stacks = readManifest(outdir);
  if (!stacks.known) throw new Error(stacks.reason);
  return stacks.value.map(({ name, folder }) => ({ where: name, text: stackText(folder) }));
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

function readPlans(context: Context, files: readonly string[]): readonly AccountDocuments[] {
  const plans = files.map((file) => {
    const plan = readPlanFile(context, file);
    if (!plan.known) throw new Error(plan.reason);
    if (plan.value.errored) throw new Error(`${quote(file)}: the plan ended in an error; plan again`);
    return plan.value;
  });
  return plannedDocuments(plans);
}
