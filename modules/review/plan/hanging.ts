import type { AccountDocuments, PolicyHolder } from "../../iam/account-documents";
import { compareText, quote } from "../../text";
import { otherTags } from "../../iam/other-tags";
import { type AccessChange, PLAN_DIFFERS } from "../access-change";

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

type Found = Pick<AccessChange, "direction" | "sentence">;

function placed(id: string, keys: ReadonlyMap<string, string>, { kind, name }: PolicyHolder) {
  return (found: Found): AccessChange => ({
    ...found,
    kind: PLAN_DIFFERS,
    account: keys.get(id) ?? id,
    ...(kind === "user" ? { person: name } : {}),
  });
}

function differences(asked: Holder, found: Holder): readonly Found[] {
  const whose = `${found.kind} ${quote(found.name)}`;
  const inline = (holder: PolicyHolder) => [...holder.inline.keys()].map((name) => `inline policy ${quote(name)}`);
  const attached = (holder: PolicyHolder) => holder.attached.map((arn) => `policy ${quote(arn)}`);
  const members = (holder: Holder) => (holder.members ?? []).map((name) => `member ${quote(name)}`);
  const names = (holder: Holder) => [...inline(holder), ...attached(holder), ...members(holder)].sort(compareText);
  const [mine, theirs] = [new Set(names(asked)), new Set(names(found))];
  return [
    ...[...theirs]
      .filter((what) => !mine.has(what))
      .map(
        (what): Found => ({
          direction: "widening",
          sentence: `after the plans, ${whose} has the ${what}, which the roster does not ask for`,
        }),
      ),
    ...[...mine]
      .filter((what) => !theirs.has(what))
      .map(
        (what): Found => ({
          direction: "unknown",
          sentence: `after the plans, ${whose} lacks the ${what}, which the roster asks for`,
        }),
      ),
    ...boundary(whose, asked, found),
    ...tags(whose, asked, found),
  ];
}

function boundary(whose: string, asked: PolicyHolder, found: PolicyHolder): readonly Found[] {
  if (asked.boundary === found.boundary) return [];
  const [should, is] = [asked, found].map(({ boundary: arn }) => (arn === undefined ? "none" : quote(arn)));
  const sentence = `after the plans, the permissions boundary of ${whose} is ${is} instead of ${should}`;
  return [{ direction: "unknown", sentence }];
}

function tags(whose: string, asked: PolicyHolder, found: PolicyHolder): readonly Found[] {
  const keys = otherTags(asked.tags, found.tags);
  if (keys.length === 0) return [];
  const sentence = `after the plans, ${whose} has other tags than in the roster: ${keys.map(quote).join(", ")}`;
  return [{ direction: "unknown", sentence: `${sentence}; policies elsewhere may ask for them` }];
}
