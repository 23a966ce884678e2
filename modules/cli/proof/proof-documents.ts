import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { AccessClaims } from "../../proof/claims";
import type { AccountDocuments } from "../../iam/account-documents";
import type { AccountGuards } from "../../iam/account-guards";
import { nameSetup, type StackSetup } from "../../iam/stack-setup";
import { plannedDocuments } from "../../terraform/read/plan-documents";
import { guardsOf } from "../../terraform/read/account-guards";
import { readStackDocuments, readStackResources } from "../../terraform/read/stack-documents";
import { readStackSetup } from "../../terraform/read/stack-setup";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { readGivenPlans } from "../stacks/given-plans";
import { readStackFolders } from "../stacks/stack-folders";
import { synth } from "../stacks/synth";
import { readLive, type UnreadAccount } from "./live-accounts";

/** Where the documents to judge come from; nothing given: synthesized now. */
export interface DocumentSource {
  readonly roster?: string;
  /** Folder of a synth output. */
  readonly synth?: string;
  /** Files of `terraform show -json <plan>`, or folders of `rolecall plan`. */
  readonly plan?: readonly string[];
  /** Read back from the accounts. */
  readonly live?: boolean;
  /** The role of every account that the stacks were made to be read with, instead of the deploy roles. */
  readonly as?: string;
}

export interface Documents {
  /** `synthesized documents`, for the first line of a report. */
  readonly what: string;
  readonly accounts: readonly AccountDocuments[];
  /** How Terraform works in their stacks; live accounts have none. */
  readonly setups?: readonly StackSetup[];
  readonly guards: readonly AccountGuards[];
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
    if (source.live)
      return {
        what: "documents read back from the accounts (what people do with them is for audit)",
        ...(await readLive(context, claims)),
      };
    if (source.plan && source.plan.length > 0)
      return { what: "planned documents", unread: [], ...(await readPlans(context, source.plan)) };
    if (source.synth !== undefined)
      return { what: `documents in ${source.synth}`, unread: [], ...readOutput(resolve(context.root, source.synth)) };
    return { what: "synthesized documents", unread: [], ...(await synthesizeNow(context, source.roster, source.as)) };
  } catch (error) {
    context.stderr(`${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

type Read = Omit<Documents, "what" | "unread">;

async function synthesizeNow(
  context: Context,
  roster: string | undefined,
  deployRole: string | undefined,
): Promise<Read> {
  const outdir = mkdtempSync(join(tmpdir(), "rolecall-prove-"));
  try {
    if (!(await synth(context, { outdir, roster, deployRole })))
      throw new Error("the roster was not synthesized; nothing was proven");
    return readOutput(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** What a synth output holds. Throws with the reason and the cure. */
function readOutput(outdir: string): Read {
  const stacks = readStackFolders(outdir);
  const resources = stacks.map(readStackResources);
  return {
    accounts: readStackDocuments(stacks),
    setups: stacks.map(readStackSetup),
    guards: guardsOf(
      resources.flatMap((stack) => stack.resources),
      resources.flatMap((stack) => stack.ids),
    ),
  };
}

async function readPlans(context: Context, paths: readonly string[]): Promise<Read> {
  const plans = (await readGivenPlans(context, paths)).map(({ file, plan }) => {
    if (!plan.known) throw new Error(plan.reason);
    if (plan.value.errored) throw new Error(`${quote(file)}: the plan ended in an error; plan again`);
    return { ...plan.value, setup: nameSetup(plan.value.setup, file) };
  });
  return {
    accounts: plannedDocuments(plans),
    setups: plans.map(({ setup }) => setup),
    guards: guardsOf(
      plans.flatMap(({ after }) => after),
      plans.flatMap(({ accountIds }) => accountIds),
    ),
  };
}
