import type { AccountDocuments } from "../../iam/account-documents";
import { compareText, stableJson } from "../../text";
import { type AccessChange, sortChanges } from "../access-change";
import { diffKnown } from "../effective/diff-known";
import { touchedUsers } from "./touched-users";
import { type RightsContext, rightsChanges } from "../effective/rights-changes";

type Accounts = readonly AccountDocuments[];

/**
 * How access differs between two sets of documents: what policies allow by evaluation, the rest thing by thing, and what newly
 * cannot be judged. Accounts with equal documents cost a comparison and no question.
 */
export function diffDocuments(before: Accounts, after: Accounts, context: RightsContext): readonly AccessChange[] {
  const [was, is] = changed(before, after);
  const old = new Map(was.map((account) => [account.id, account]));
  const unjudged = is.flatMap((account) => unknowns(old.get(account.id), account, context));
  return sortChanges([...diffKnown(was, is, context), ...unjudged]);
}

/** Only what policies allow: all that is left to tell when one code compiled two rosters, whose own changes tell the rest. */
export function diffRights(before: Accounts, after: Accounts, context: RightsContext): readonly AccessChange[] {
  const [was, is] = changed(before, after);
  const old = new Map(was.map((account) => [account.id, account]));
  const touched = is.map((account) => {
    const other = old.get(account.id);
    return other ? { ...account, users: touchedUsers(other, account) } : account;
  });
  return rightsChanges(was, touched, context);
}

function changed(before: Accounts, after: Accounts): readonly [Accounts, Accounts] {
  const [old, now] = [before, after].map((side) => new Map(side.map((account) => [account.id, textOf(account)])));
  const differs = ({ id }: AccountDocuments) => old?.get(id) !== now?.get(id);
  return [before.filter(differs), after.filter(differs)];
}

/** What could not be judged before, for the same reason, is old news. */
function unknowns(
  before: AccountDocuments | undefined,
  after: AccountDocuments,
  { keys }: RightsContext,
): readonly AccessChange[] {
  const known = new Set(before?.unknowns);
  const account = keys.get(after.id) ?? after.id;
  return [...new Set(after.unknowns)]
    .filter((text) => !known.has(text))
    .map((reason) => ({ direction: "unknown", kind: "not-judged", account, reason }));
}

/** Equal texts give equal answers; lists of things have no order. */
function textOf({ users, groups, roles, policies, unknowns: unjudged }: AccountDocuments): string {
  const sorted = (all: readonly { readonly inline: ReadonlyMap<string, unknown> }[]) =>
    all.map((each) => stableJson({ ...each, inline: [...each.inline] })).sort(compareText);
  return JSON.stringify([sorted(users), sorted(groups), sorted(roles), stableJson([...policies]), unjudged]);
}
