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
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { readGivenPlans } from "../stacks/given-plans";
import { readStackFolders } from "../stacks/stack-folders";
import { showing } from "../progress";
import { synth } from "../stacks/synth";
import { readLive, type UnreadAccount } from "./live-accounts";

/** Where the documents to judge come from; nothing given: synthesized now. */
export interface DocumentSource {
  readonly roster?: string | undefined;
  /** Folder of a synth output. */
  readonly synth?: string | undefined;
  /** Files of `terraform show -json <plan>`, or folders of `rolecall plan`. */
  readonly plan?: readonly string[] | undefined;
  /** Read back from the accounts. */
  readonly live?: boolean | undefined;
  /** The role of every account that the stacks were made to be read with, instead of the deploy roles. */
  readonly as?: string | undefined;
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

/** The documents to judge. Throws a `Refusal` where there are none. */
export async function readDocuments(
  context: Context,
  source: DocumentSource,
  claims: AccessClaims,
): Promise<Documents> {
  const given = [source.live, source.plan, source.synth].filter((each) => each !== undefined && each !== false);
  if (given.length > 1) throw new Refusal("give one of --live, --plan and --synth: they name different documents");
  if (source.live) {
    const what = "documents read back from the accounts (audit covers what people do with them)";
    return { what, ...(await showing(context, "reading the accounts", (shown) => readLive(shown, claims))) };
  }
  if (source.plan && source.plan.length > 0)
    return { what: "planned documents", unread: [], ...(await readPlans(context, source.plan)) };
  if (source.synth !== undefined)
    return { what: `documents in ${source.synth}`, unread: [], ...readOutput(resolve(context.root, source.synth)) };
  return { what: "synthesized documents", unread: [], ...(await synthesizeNow(context, source.roster, source.as)) };
}

/** A line for each account of which nothing is known. */
export function unreadLines(unread: readonly UnreadAccount[]): readonly string[] {
  return unread.map(({ account, reason }) => `${account} was not read: ${reason}`);
}

type Read = Omit<Documents, "what" | "unread">;

async function synthesizeNow(
  context: Context,
  roster: string | undefined,
  deployRole: string | undefined,
): Promise<Read> {
  const outdir = mkdtempSync(join(tmpdir(), "rolecall-prove-"));
  try {
    // It repeats the roster's warnings, which are findings already: shown only where it fails.
    const said: string[] = [];
    const stderr = (text: string) => void said.push(text);
    const options = { outdir, roster, deployRole };
    if (!(await showing(context, "synthesizing", (shown) => synth({ ...shown, stderr }, options)))) {
      context.stderr(said.join(""));
      throw new Refusal("the roster was not synthesized; nothing was proven");
    }
    return readOutput(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** What a synth output holds. Throws a `Refusal`. */
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
    if (!plan.known) throw new Refusal(plan.reason);
    if (plan.value.errored) throw new Refusal(`${quote(file)}: the plan ended in an error; plan again`);
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
