import { PROTECTED_PATH } from "../../access/names";
import type { AccountDocuments, PolicyHolder, UserDocuments } from "../../iam/account-documents";
import { quote } from "../../text";
import { day } from "../../words";
import type { Fact } from "./fact";
import { assumeRights, type Right } from "./rights";

/** The roles each person may assume, whichever way they got to it: `keys` has account keys by id. */
export function peopleFacts(account: AccountDocuments, keys: ReadonlyMap<string, string>): readonly Fact[] {
  return account.users.flatMap((user) =>
    [...rightsOf(account, user)].map(([arn, until]) => right(user.name, arn, until, keys)),
  );
}

/** Without an end. */
const ALWAYS = "9999";

/** The latest end of each role. */
function rightsOf(account: AccountDocuments, user: UserDocuments): ReadonlyMap<string, string> {
  const groups = account.groups.filter(({ members }) => members.includes(user.name));
  const ends = new Map<string, string>();
  for (const { roleArn, until = ALWAYS } of [user, ...groups].flatMap((holder) => rightsIn(holder, account.policies)))
    if (until > (ends.get(roleArn) ?? "")) ends.set(roleArn, until);
  return ends;
}

function rightsIn({ inline, attached }: PolicyHolder, policies: ReadonlyMap<string, unknown>): readonly Right[] {
  const documents = [...inline.values(), ...attached.map((arn) => policies.get(arn))];
  return documents.flatMap((document) => assumeRights(document).rights);
}

function right(person: string, arn: string, until: string, keys: ReadonlyMap<string, string>): Fact {
  const [, id = "", name = ""] = /^arn:aws[\w-]*:iam::(\d{12}):role(.*)$/.exec(arn) ?? [];
  const account = keys.get(id);
  const tier = name.startsWith(PROTECTED_PATH) ? name.slice(PROTECTED_PATH.length) : "";
  const role = account !== undefined && /^[\w-]+$/.test(tier) ? `${tier} in ${account}` : quote(arn);
  return {
    id: `right ${JSON.stringify([person, arn])}`,
    ...(account === undefined ? {} : { account }),
    person,
    comes: `${quote(person)} gains ${role}${until === ALWAYS ? "" : ` (${end(until)})`}`,
    goes: `${quote(person)} loses ${role}`,
    value: until,
    differs: (before, after) =>
      `${quote(person)} holds ${role} ${end(String(after))} instead of ${end(String(before))}`,
    compare: (before, after) => (after > before ? "widening" : "narrowing"),
  };
}

function end(until: string): string {
  return until === ALWAYS ? "without an end" : `until ${day(until)}`;
}
