import type { AccountDocuments, PolicyHolder, RoleDocuments } from "../../iam/account-documents";
import { quote } from "../../text";
import { duration } from "../../words";
import type { Fact } from "./fact";
import { trustFacts } from "./trust-facts";
import { groupFacts, policyFacts } from "./unheld-facts";

/** What holds in an account, each thing by itself, but for what policies allow: that is evaluated. */
export function accountFactsOf(account: AccountDocuments): readonly Fact[] {
  const { users, groups, roles, policies } = account;
  return [
    ...users.map((user) => exists(user, user.name)),
    ...groups.map((group) => ({ ...exists(group), direction: "neutral" as const })),
    ...groupFacts(groups, policies),
    ...policyFacts(account),
    ...roles.flatMap((role) => [exists(role), ...trustFacts(role, account.partition), session(role)]),
  ];
}

function title({ kind, name }: PolicyHolder): string {
  return `${kind} ${quote(name)}`;
}

function exists(holder: PolicyHolder, person?: string): Fact {
  const what = title(holder);
  return {
    id: what,
    ...(person === undefined ? {} : { person }),
    ...{ comes: `${what} is made`, goes: `${what} is deleted`, value: holder.path },
    differs: (before, after) => `${what} has the path ${quote(String(after))} instead of ${quote(String(before))}`,
  };
}

function session(role: RoleDocuments): Fact {
  const what = title(role);
  return {
    id: `session ${what}`,
    ...{ comes: "", goes: "", direction: "neutral", value: role.maxSessionSeconds ?? "unknown" },
    differs: (before, after) => `sessions of ${what} last ${lasting(after)} instead of ${lasting(before)}`,
  };
}

function lasting(seconds: string | number): string {
  return typeof seconds === "number" ? duration(seconds) : "nobody knows how long";
}
