import type { AccountDocuments, AccountInventory } from "../iam/account-documents";
import type { AccountGuards } from "../iam/account-guards";
import { policyArn } from "../iam/arn";
import type { LiveAccount, LivePolicies } from "./live-account";
import { parseRevocation } from "../iam/revocation";

/**
 * A live account as what proofs are made of. A denial that an offboarding left is not part of it: it takes sessions away from
 * one person for some hours, and the roster asks for none.
 */
export function liveDocuments(
  { id, partition, users, groups, roles, policies }: LiveAccount,
  inventory?: AccountInventory,
): AccountDocuments {
  return {
    id,
    partition,
    users: users.map((user) => ({ kind: "user", name: user.name, path: user.path, ...holdings(user) })),
    groups: groups.map(({ name, path, members, ...group }) => ({
      kind: "group",
      name,
      path,
      members,
      ...holdings(group),
    })),
    roles: roles.map((role) => ({
      kind: "role",
      name: role.name,
      path: role.path,
      trust: role.trust,
      maxSessionSeconds: role.maxSessionSeconds,
      ...holdings({ ...role, inline: withoutRevocations(role.inline) }),
    })),
    policies: new Map(policies.map(({ path, name, document }) => [policyArn({ id, partition }, path, name), document])),
    unknowns: [],
    ...(inventory === undefined ? {} : { inventory }),
  };
}

/** What keeps a live account as it is, besides its documents. */
export function liveGuards({ id, alias, passwordPolicy }: LiveAccount): AccountGuards {
  return {
    id,
    aliases: alias === undefined ? [] : [alias],
    passwordPolicies: passwordPolicy === undefined ? [] : [passwordPolicy],
  };
}

/** Only what says exactly what an offboarding writes is left out. */
export function withoutRevocations(inline: LivePolicies["inline"]): LivePolicies["inline"] {
  return Object.fromEntries(Object.entries(inline).filter(([name, document]) => !parseRevocation(name, document)));
}

function holdings({ inline, attached, boundary }: LivePolicies & { readonly boundary?: string | undefined }) {
  return { inline: new Map(Object.entries(inline)), attached, ...(boundary === undefined ? {} : { boundary }) };
}
