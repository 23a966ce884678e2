import type { AccountDocuments, GroupDocuments, RoleDocuments, UserDocuments } from "../../iam/account-documents";
import { type Fact, idOf } from "./fact";
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

function exists({ kind: type, name, path }: UserDocuments | GroupDocuments | RoleDocuments, person?: string): Fact {
  const identity = { type, name };
  return {
    id: idOf(identity),
    person,
    comes: { kind: "identity-added", identity },
    goes: { kind: "identity-removed", identity },
    value: path,
    differs: (before, after) => ({
      kind: "identity-path",
      identity,
      before: String(before),
      after: String(after),
    }),
  };
}

function session({ name: role, maxSessionSeconds }: RoleDocuments): Fact {
  const secondsIn = (value: string | number) => (typeof value === "number" ? value : undefined);
  return {
    id: `session ${idOf({ type: "role", name: role })}`,
    direction: "neutral",
    value: maxSessionSeconds ?? "unknown",
    differs: (before, after) => ({
      kind: "role-session",
      role,
      before: secondsIn(before),
      after: secondsIn(after),
    }),
  };
}
