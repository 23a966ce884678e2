import type { AccountDocuments, GroupDocuments, PolicyHolder, RoleDocuments } from "../../iam/account-documents";
import { quote, stableJson } from "../../text";
import { duration } from "../../words";
import type { Fact } from "./fact";
import { normalDocument } from "./normal-document";
import { assumeRights } from "./rights";
import { trustFacts } from "./trust-facts";

/**
 * What holds in an account, each thing by itself; an attached policy carries its text. Policies that give exact roles alone are
 * left out: what they come to for people is told by `peopleFacts`. Without `texts` all policies are left out.
 */
export function factsOf(
  { users, groups, roles, policies }: AccountDocuments,
  { texts }: { readonly texts: boolean },
): readonly Fact[] {
  const held = texts ? holdings : () => [];
  return [
    ...users.flatMap((user) => [exists(user, user.name), ...held(user, policies, user.name)]),
    ...groups.flatMap((group) => {
      const own = held(group, policies);
      return [{ ...exists(group), direction: "neutral" as const }, ...own, ...(own.length === 0 ? [] : members(group))];
    }),
    ...roles.flatMap((role) => [exists(role), ...held(role, policies), ...trustFacts(role), session(role)]),
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

function members({ name, members: all }: GroupDocuments): readonly Fact[] {
  return all.map((member) => ({
    id: `member ${JSON.stringify([name, member])}`,
    of: `group ${quote(name)}`,
    person: member,
    comes: `${quote(member)} joins the group ${quote(name)}`,
    goes: `${quote(member)} leaves the group ${quote(name)}`,
    value: "",
    differs: () => "",
  }));
}

function holdings(holder: PolicyHolder, policies: ReadonlyMap<string, unknown>, person?: string): readonly Fact[] {
  const what = title(holder);
  const whose = person === undefined ? {} : { person };
  const policy = (kind: string, name: string, document: unknown): Fact => ({
    of: what,
    id: `${kind} ${JSON.stringify([what, name])}`,
    ...whose,
    ...{ comes: `${what} gets the ${kind} ${quote(name)}`, goes: `${what} loses the ${kind} ${quote(name)}` },
    value: normalDocument(document),
    differs: () => `the ${kind} ${quote(name)} of ${what} says something else`,
    // A policy that denies takes away when it comes.
    direction: someDeny(document) ? "unknown" : "widening",
  });
  const { boundary } = holder;
  const unread = (document: unknown) => holder.kind === "role" || !assumeRights(document).whole;
  return [
    ...[...holder.inline]
      .filter(([, document]) => unread(document))
      .map(([name, document]) => policy("inline policy", name, document)),
    ...holder.attached
      .filter((arn) => unread(policies.get(arn)))
      .map((arn) => policy("policy", arn, policies.get(arn))),
    ...(boundary === undefined
      ? []
      : [{ ...policy("boundary", boundary, policies.get(boundary)), detail: true, direction: "narrowing" as const }]),
  ];
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

function someDeny(document: unknown): boolean {
  return stableJson(document ?? null).includes('"Effect":"Deny"');
}
