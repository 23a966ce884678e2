import { PROTECTED_PATH } from "../../access/names";
import type { AccountDocuments, PolicyHolder, UserDocuments } from "../../iam/account-documents";
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

/** Members of groups that are not users of these documents: users made elsewhere. Their own policies are not known. */
function outsidersOf({ users, groups }: AccountDocuments): readonly Holder[] {
  const known = new Set(users.map(({ name }) => name));
  const names = new Set(groups.flatMap(({ members }) => members).filter((member) => !known.has(member)));
  return [...names].map((name) => ({ name, inline: new Map(), attached: [] }));
}

function membership(person: string, group: string): Fact {
  return {
    id: `member ${JSON.stringify([group, person])}`,
    person,
    comes: { kind: "member-added", group },
    goes: { kind: "member-removed", group },
    value: "",
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
  const role = { arn, tier: account !== undefined && /^[\w-]+$/.test(tier) ? tier : undefined };
  return {
    id: `right ${JSON.stringify([person, arn])}`,
    account,
    person,
    comes: { kind: "role-gained", role, after: end(until) },
    goes: { kind: "role-lost", role },
    value: until,
    differs: (before, after) => ({
      kind: "role-end",
      role,
      before: end(String(before)),
      after: end(String(after)),
    }),
    compare: (before, after) => (after > before ? "widening" : "narrowing"),
  };
}

function end(until: string): { readonly until?: string } {
  return until === ALWAYS ? {} : { until };
}
