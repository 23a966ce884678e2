import { claimAccess } from "../../access/claims";
import { holdersOf } from "../../access/holding-index";
import { holdingsOf } from "../../access/holdings";
import type { AccountDocuments } from "../../iam/account-documents";
import type { Roster } from "../../roster/roster";
import type { StackRest } from "../../terraform/read/stack-rest";
import type { AccessChange } from "../access-change";
import type { RightsContext } from "../effective/rights-changes";
import { compiledDocuments, type ReviewSources } from "../reviewed";
import { diffDocuments, diffRights } from "./diff-documents";
import { diffRest } from "./diff-rest";

/** What one side's own code synthesized. */
export interface SynthesizedSide {
  readonly documents: readonly AccountDocuments[];
  /** The stacks besides the documents. */
  readonly rest: StackRest;
}

interface Both<T> {
  readonly base: T;
  readonly head: T;
}

/**
 * What the policies' texts change, judged by evaluation: what the rosters make of this program's own tiers, and with both synth
 * outputs what the code of the two sides makes of them.
 */
export function policyChanges(
  rosters: Both<Roster>,
  synthesized: Both<SynthesizedSide> | undefined,
  sources: ReviewSources,
): readonly AccessChange[] {
  const { base, head } = rosters;
  const [before, after] = [compiledDocuments(base, sources.now), compiledDocuments(head, sources.now)];
  const rights = rightsContext(rosters, sources);
  const byRoster = placed(diffRights(before, after, rights), head);
  if (synthesized === undefined) return byRoster;
  const { documents: old } = synthesized.base;
  const { documents: now } = synthesized.head;
  // From the base's output to what this code makes of its roster, and from the head's roster to its output: with the change of
  // roster between them that is the whole way, whichever of the two codes this one is.
  const byCode = [...diffDocuments(old, before, rights), ...diffDocuments(after, now, rights)];
  return [
    ...byRoster,
    ...byCode.map((change) => ({ ...change, by: "code" as const })),
    ...anotherRoster("base", base, old),
    ...anotherRoster("head", head, now),
    ...restChanges(rosters, { base: synthesized.base.rest, head: synthesized.head.rest }),
  ];
}

/** How the outputs differ besides their documents. */
function restChanges({ base, head }: Both<Roster>, rest: Both<StackRest>): readonly AccessChange[] {
  const all = ({ userAccount, accounts }: Roster) => [userAccount, ...accounts];
  const ids = new Set(all(base).map(({ id }) => id));
  const stacks = (roster: Roster) => all(roster).map(({ id, stack }) => `${id} ${stack}`);
  return diffRest(rest.base, rest.head, {
    accounts: new Set(all(head).flatMap(({ id }) => (ids.has(id) ? id : []))),
    sameStacks: String(stacks(base).sort()) === String(stacks(head).sort()),
  });
}

/** What changes for a tier has the tier's line. */
function placed(changes: readonly AccessChange[], { tiers }: Roster): readonly AccessChange[] {
  return changes.map((change) => {
    const place = tiers.find(({ key }) => key === change.tier)?.place;
    return place === undefined ? change : { ...change, place };
  });
}

function rightsContext({ base, head }: Both<Roster>, { now, catalogue, managed }: ReviewSources): RightsContext {
  const accounts = [base, head].flatMap(({ userAccount, accounts: others }) => [userAccount, ...others]);
  let holders: ReturnType<typeof holdersOf> | undefined;
  return {
    keys: new Map(accounts.map(({ id, key }) => [id, key])),
    get catalogue() {
      return catalogue();
    },
    get managed() {
      return managed();
    },
    now,
    holders: (account, role) => {
      holders ??= holdersOf(holdingsOf(head, now));
      return holders(account, role).size;
    },
  };
}

/** An output of another roster than the one reviewed would be judged in its place. */
function anotherRoster(
  side: "base" | "head",
  roster: Roster,
  documents: readonly AccountDocuments[],
): readonly AccessChange[] {
  const { userAccount, accounts, people } = claimAccess(roster);
  const ids = new Set(documents.map(({ id }) => id));
  const missing = [userAccount, ...accounts].filter(({ id }) => !ids.has(id)).map(({ key }) => key);
  const users = new Set(documents.find(({ id }) => id === userAccount.id)?.users.map(({ name }) => name));
  const absent = people.filter(({ name }) => !users.has(name));
  const [lacks] = [...missing.map((account) => ({ account })), ...absent.map(({ name: person }) => ({ person }))];
  return lacks === undefined ? [] : [{ direction: "unknown", kind: "synth-of-another-roster", side, lacks }];
}
