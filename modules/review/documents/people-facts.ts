import { PROTECTED_PATH } from "../../access/names";
import type { AccountDocuments, PolicyHolder, UserDocuments } from "../../iam/account-documents";
import { quote } from "../../text";
import { day } from "../../words";
import type { Fact } from "./fact";
import { assumeRights, type Right } from "./rights";

/** The roles each person may assume, whichever way they got to it: `keys` has account keys by id. */
export function peopleFacts(account: AccountDocuments, keys: ReadonlyMap<string, string>): readonly Fact[] {
  const outsiders = outsidersOf(account);
  return [
    ...outsiders.flatMap(({ name }) =>
      account.groups.filter(({ members }) => members.includes(name)).map((group) => membership(name, group.name)),
    ),
    ...[...account.users, ...outsiders].flatMap((user) =>
      [...rightsOf(account, user)].map(([arn, until]) => right(user.name, arn, until, keys)),
    ),
  ];
}

type Holder = Pick<UserDocuments, "name" | "inline" | "attached">;

/** Members of groups that are no user of these documents: users whom somebody else made. Of their own policies nothing is known. */
function outsidersOf({ users, groups }: AccountDocuments): readonly Holder[] {
  const known = new Set(users.map(({ name }) => name));
  const names = new Set(groups.flatMap(({ members }) => members).filter((member) => !known.has(member)));
  return [...names].map((name) => ({ name, inline: new Map(), attached: [] }));
}

function membership(person: string, group: string): Fact {
  return {
    id: `member ${JSON.stringify([group, person])}`,
    person,
    comes: `${quote(person)}, who is no user of the roster, joins the group ${quote(group)}`,
    goes: `${quote(person)}, who is no user of the roster, leaves the group ${quote(group)}`,
    value: "",
    differs: () => "",
  };
}

/** Without an end. */
const ALWAYS = "9999";

/** The latest end of each role. */
function rightsOf(account: AccountDocuments, user: Holder): ReadonlyMap<string, string> {
  const groups = account.groups.filter(({ members }) => members.includes(user.name));
  const ends = new Map<string, string>();
  for (const { roleArn, until = ALWAYS } of [user, ...groups].flatMap((holder) => rightsIn(holder, account.policies)))
    if (until > (ends.get(roleArn) ?? "")) ends.set(roleArn, until);
  return ends;
}

function rightsIn(
  { inline, attached }: Pick<PolicyHolder, "inline" | "attached">,
  policies: ReadonlyMap<string, unknown>,
): readonly Right[] {
  const documents = [...inline.values(), ...attached.map((arn) => policies.get(arn))];
  return documents.flatMap((document) => assumeRights(document).rights);
}

function right(person: string, arn: string, until: string, keys: ReadonlyMap<string, string>): Fact {
  const [, id = "", name = ""] = /^arn:[\w-]+:iam::(\d{12}):role(.*)$/.exec(arn) ?? [];
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
