import type { AccountDocuments, PolicyHolder } from "../../iam/account-documents";
import { compareText, stableJson } from "../../text";
import { otherTags } from "../../iam/other-tags";
import { type AccessChange, type ChangeOf, planDiffers } from "../access-change";
import type { IamIdentity } from "../changes/documents";

/**
 * What hangs on users, groups and roles after the apply and not in the roster, or the other way round, by name: also where it
 * gives nothing now, as a second policy on an administrator. What it gives is evaluated besides.
 */
export function hangingChanges(
  head: readonly AccountDocuments[],
  after: readonly AccountDocuments[],
  keys: ReadonlyMap<string, string>,
): readonly AccessChange[] {
  const expected = new Map(head.map((account) => [account.id, account]));
  return after.flatMap((account) => {
    const asked = expected.get(account.id);
    if (asked === undefined) return [];
    const known = new Map(holders(asked).map((holder) => [`${holder.kind} ${holder.name}`, holder]));
    return holders(account).flatMap((holder) => {
      const other = known.get(`${holder.kind} ${holder.name}`);
      return other === undefined ? [] : differences(other, holder).map(placed(account.id, keys, holder));
    });
  });
}

interface Holder extends PolicyHolder {
  /** Of a group. */
  readonly members?: readonly string[];
}

function holders({ users, groups, roles }: AccountDocuments): readonly Holder[] {
  return [...users, ...groups, ...roles];
}

function placed(id: string, keys: ReadonlyMap<string, string>, { kind, name }: PolicyHolder) {
  const where = { account: keys.get(id) ?? id, person: kind === "user" ? name : undefined };
  return (found: AccessChange): AccessChange => planDiffers("after", { ...found, ...where });
}

type Attached = ChangeOf<"attached-extra">["what"];

/** What is attached to it, in one order. */
function attachments({ inline, attached, members = [] }: Holder): readonly Attached[] {
  return [
    ...[...inline.keys()].map((name): Attached => ({ type: "inline policy", name })),
    ...attached.map((name): Attached => ({ type: "policy", name })),
    ...members.map((name): Attached => ({ type: "member", name })),
  ];
}

function differences(asked: Holder, found: Holder): readonly AccessChange[] {
  const identity = { type: found.kind, name: found.name };
  const [mine, theirs] = [attachments(asked), attachments(found)];
  return [
    ...without(theirs, mine).map(
      (what): AccessChange => ({ direction: "widening", kind: "attached-extra", identity, what }),
    ),
    ...without(mine, theirs).map(
      (what): AccessChange => ({ direction: "unknown", kind: "attached-missing", identity, what }),
    ),
    ...boundary(identity, asked, found),
    ...tags(identity, asked, found),
  ];
}

/** Each once. */
function without(some: readonly Attached[], others: readonly Attached[]): readonly Attached[] {
  const known = new Set(others.map(stableJson));
  return [...new Map(some.map((each) => [stableJson(each), each]))]
    .filter(([key]) => !known.has(key))
    .sort(([a], [b]) => compareText(a, b))
    .map(([, each]) => each);
}

function boundary(identity: IamIdentity, asked: PolicyHolder, found: PolicyHolder): readonly AccessChange[] {
  if (asked.boundary === found.boundary) return [];
  const [before, after] = [asked.boundary, found.boundary];
  return [{ direction: "unknown", kind: "boundary-differs", identity, before, after }];
}

function tags(identity: IamIdentity, asked: PolicyHolder, found: PolicyHolder): readonly AccessChange[] {
  const keys = otherTags(asked.tags, found.tags);
  return keys.length === 0 ? [] : [{ direction: "unknown", kind: "tags-differ", identity, after: { tags: keys } }];
}
