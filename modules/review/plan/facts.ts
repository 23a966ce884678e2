import type { AccountDocuments, GroupDocuments, PolicyHolder, RoleDocuments } from "../../iam/account-documents";
import { quote, stableJson } from "../../text";
import type { Direction } from "../access-change";
import { normalDocument } from "./normal-document";

/** Something that is so in an account, and what it means when it comes, goes or is another. */
export interface Fact {
  /** Equal ids on both sides are the same thing. */
  readonly id: string;
  readonly person?: string;
  readonly comes: string;
  readonly goes: string;
  /** Equal values are no change; numbers have a direction: more is wider. */
  readonly value: string | number;
  readonly differs: (before: string | number, after: string | number) => string;
  /** When it comes; the other way when it goes. @default "widening" */
  readonly direction?: Direction;
}

/** What holds in an account, each thing by itself; an attached policy carries its text, wherever it lies. */
export function factsOf(account: AccountDocuments, policies: ReadonlyMap<string, unknown>): readonly Fact[] {
  const { users, groups, roles } = account;
  return [
    ...users.flatMap((user) => [exists(user, user.name), ...holdings(user, policies, user.name)]),
    ...groups.flatMap((group) => [exists(group), ...holdings(group, policies), ...members(group)]),
    ...roles.flatMap((role) => [exists(role), ...holdings(role, policies), ...session(role)]),
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
    id: `${kind} ${JSON.stringify([what, name])}`,
    ...whose,
    ...{ comes: `${what} gets the ${kind} ${quote(name)}`, goes: `${what} loses the ${kind} ${quote(name)}` },
    value: normalDocument(document),
    differs: () => `the ${kind} ${quote(name)} of ${what} says something else`,
    // A policy that denies takes away when it comes.
    direction: someDeny(document) ? "unknown" : "widening",
  });
  const { boundary } = holder;
  return [
    ...[...holder.inline].map(([name, document]) => policy("inline policy", name, document)),
    ...holder.attached.map((arn) => policy("policy", arn, policies.get(arn))),
    ...(boundary === undefined
      ? []
      : [{ ...policy("boundary", boundary, policies.get(boundary)), direction: "narrowing" as const }]),
  ];
}

function session(role: RoleDocuments): readonly Fact[] {
  const what = title(role);
  const trust = normalDocument(role.trust);
  const seconds = role.maxSessionSeconds;
  const gone = { comes: "", goes: "", direction: "neutral" as const };
  return [
    { ...gone, id: `trust ${what}`, value: trust, differs: () => `${what} trusts others, or under other conditions` },
    {
      ...{ ...gone, id: `session ${what}`, value: seconds ?? "unknown" },
      differs: (before, after) => `sessions of ${what} last ${after} s instead of ${before} s`,
    },
  ];
}

function someDeny(document: unknown): boolean {
  return stableJson(document ?? null).includes('"Effect":"Deny"');
}
