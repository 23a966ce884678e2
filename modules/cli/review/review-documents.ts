import { resolve } from "node:path";
import { claimAccess } from "../../access/claims";
import { compileAccess } from "../../access/compile";
import { holdersOf } from "../../access/holding-index";
import { holdingsOf } from "../../access/holdings";
import { accessDocuments } from "../../access/plan-documents";
import { formatFinding } from "../../finding";
import type { AccountDocuments } from "../../iam/account-documents";
import type { AccessChange } from "../../review/access-change";
import { codeChanges } from "../../review/code/code-changes";
import { diffRest } from "../../review/documents/diff-rest";
import { restOfStacks } from "../../terraform/read/stack-rest";
import { diffDocuments, diffRights } from "../../review/documents/diff-documents";
import type { ManagedPolicies } from "../../proof/checks/compiled-account";
import type { RightsContext } from "../../review/effective/rights-changes";
import type { Roster } from "../../roster/roster";
import { changedCode } from "./changed-code";
import type { Context } from "../../machine/context";
import { managedPolicies, readCatalogue } from "../proof/proof-data";
import { reasonOf } from "../answer";
import { readDocuments } from "../proof/proof-documents";
import { readStackFolders } from "../stacks/stack-folders";

export interface DocumentOptions {
  readonly base: string;
  readonly head?: string;
  readonly roster?: string;
  /** Folder of the base's synth output, made by the base's own code; the head's likewise. */
  readonly baseSynth?: string;
  readonly headSynth?: string;
  /** Files that the review reads or writes besides: no part of what it judges. */
  readonly plan?: readonly string[];
  readonly markdown?: string | boolean;
  readonly sarif?: string | boolean;
}

/**
 * What the policies' texts change, judged by evaluation: what the rosters make of this program's own tiers, and with both synth
 * outputs what the code of the two sides makes of them. Undefined, with the reason on standard error, when one cannot be read.
 */
export async function reviewDocuments(
  context: Context,
  rosters: { readonly base: Roster; readonly head: Roster },
  options: DocumentOptions,
): Promise<readonly AccessChange[] | undefined> {
  const { baseSynth, headSynth } = options;
  if ((baseSynth === undefined) !== (headSynth === undefined))
    return complain(context, "give both --base-synth and --head-synth: one side alone says nothing of what changes");
  const before = compiled(context, rosters.base);
  const after = compiled(context, rosters.head);
  if (before === undefined || after === undefined) return undefined;
  const rights = rightsContext(context, rosters);
  const byRoster = placed(diffRights(before, after, rights), rosters.head);
  if (baseSynth === undefined || headSynth === undefined) return [...byRoster, ...(await reviewCode(context, options))];
  const code = await changedCode(context, { ...options, given: givenFiles(options) });
  if (resolve(context.root, baseSynth) === resolve(context.root, headSynth))
    return complain(context, "--base-synth and --head-synth are the same folder: synthesize each side into its own");
  const old = await readSynth(context, baseSynth, rosters.base);
  const now = await readSynth(context, headSynth, rosters.head);
  if (old === undefined || now === undefined) return undefined;
  const rest = restChanges(context, rosters, [baseSynth, headSynth]);
  // From the base's output to what this code makes of its roster, and from the head's roster to its output: with the change of
  // roster between them that is the whole way, whichever of the two codes this one is.
  const byCode = [...diffDocuments(old, before, rights), ...diffDocuments(after, now, rights)];
  return [
    ...byRoster,
    ...byCode.map((change) => ({ ...change, by: "code" as const })),
    ...otherRoster("base", rosters.base, old),
    ...otherRoster("head", rosters.head, now),
    ...rest,
    ...codeChanges(code, true),
  ];
}

/** What else changed that runs or decides, where no synth outputs speak for policies. */
export async function reviewCode(context: Context, options: DocumentOptions): Promise<readonly AccessChange[]> {
  return codeChanges(await changedCode(context, { ...options, given: givenFiles(options) }), false);
}

function givenFiles({ baseSynth, headSynth, plan = [], markdown, sarif }: DocumentOptions): readonly string[] {
  return [baseSynth, headSynth, ...plan, markdown, sarif].flatMap((path) => (typeof path === "string" ? [path] : []));
}

/** How the outputs differ beside their documents. */
function restChanges(
  context: Context,
  { base, head }: { readonly base: Roster; readonly head: Roster },
  folders: readonly [string, string],
): readonly AccessChange[] {
  const [before, after] = folders.map((folder) => restOfStacks(readStackFolders(resolve(context.root, folder))));
  const all = ({ userAccount, accounts }: Roster) => [userAccount, ...accounts];
  const ids = new Set(all(base).map(({ id }) => id));
  const stacks = (roster: Roster) => all(roster).map(({ id, stack }) => `${id} ${stack}`);
  return before === undefined || after === undefined
    ? []
    : diffRest(before, after, {
        accounts: new Set(all(head).flatMap(({ id }) => (ids.has(id) ? id : []))),
        sameStacks: String(stacks(base).sort()) === String(stacks(head).sort()),
      });
}

/** What changes for a tier stands where the roster has it. */
function placed(changes: readonly AccessChange[], { tiers }: Roster): readonly AccessChange[] {
  return changes.map((change) => {
    const place = tiers.find(({ key }) => key === change.tier)?.place;
    return place === undefined ? change : { ...change, place };
  });
}

function compiled(context: Context, roster: Roster): readonly AccountDocuments[] | undefined {
  const access = compileAccess(roster, context.now);
  if (access.ok) return accessDocuments(access.value);
  for (const finding of access.findings) context.stderr(`${formatFinding(finding)}\n`);
  return undefined;
}

function rightsContext(
  context: Context,
  { base, head }: { readonly base: Roster; readonly head: Roster },
): RightsContext {
  const accounts = [base, head].flatMap(({ userAccount, accounts: others }) => [userAccount, ...others]);
  let holders: ReturnType<typeof holdersOf> | undefined;
  let managed: ManagedPolicies | undefined;
  return {
    keys: new Map(accounts.map(({ id, key }) => [id, key])),
    // Read when something is asked: most reviews ask nothing.
    get catalogue() {
      return readCatalogue(context);
    },
    get managed() {
      managed ??= managedPolicies(context);
      return managed;
    },
    now: context.now,
    holders: (account, role) => {
      holders ??= holdersOf(holdingsOf(head, context.now));
      return holders(account, role).size;
    },
  };
}

async function readSynth(
  context: Context,
  folder: string,
  roster: Roster,
): Promise<readonly AccountDocuments[] | undefined> {
  try {
    return (await readDocuments(context, { synth: folder }, claimAccess(roster))).accounts;
  } catch (error) {
    context.stderr(`${reasonOf(error)}\n`);
    return undefined;
  }
}

/** An output of another roster than the one reviewed would be judged in its place. */
function otherRoster(side: "base" | "head", roster: Roster, now: readonly AccountDocuments[]): readonly AccessChange[] {
  const { userAccount, accounts, people } = claimAccess(roster);
  const ids = new Set(now.map(({ id }) => id));
  const missing = [userAccount, ...accounts].filter(({ id }) => !ids.has(id)).map(({ key }) => key);
  const users = new Set(now.find(({ id }) => id === userAccount.id)?.users.map(({ name }) => name));
  const absent = people.filter(({ name }) => !users.has(name));
  const [lacks] = [...missing.map((account) => ({ account })), ...absent.map(({ name: person }) => ({ person }))];
  return lacks === undefined ? [] : [{ direction: "unknown", kind: "synth-of-another-roster", side, lacks }];
}

function complain(context: Context, reason: string): undefined {
  context.stderr(`${reason}\n`);
  return undefined;
}
