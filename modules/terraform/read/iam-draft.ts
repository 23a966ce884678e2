import type { AccountDocuments, GroupDocuments, RoleDocuments, UserDocuments } from "../../iam/account-documents";
import type { AccountRef } from "../../iam/arn";
import { quote } from "../../text";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type HolderKind = "user" | "group" | "role";

/** What hangs on a user, group or role, whichever resource says it. */
export interface Holder {
  readonly inline: Map<string, unknown>;
  readonly attached: string[];
  readonly members: string[];
  /** Inline and attached policies as a role resource reports them; counts unless a resource of its own has the last word. */
  readonly reported: { readonly inline: Map<string, unknown>; readonly attached: string[] };
  readonly exclusive: Set<"inline" | "attached">;
  /** Inline policies an exclusive resource names; their text is elsewhere. */
  readonly named: string[];
}

/** One account while its resources are read. */
export interface Draft {
  readonly users: Map<string, Mutable<UserDocuments>>;
  readonly groups: Map<string, Mutable<GroupDocuments>>;
  readonly roles: Map<string, Mutable<RoleDocuments>>;
  readonly policies: Map<string, unknown>;
  readonly holders: Map<string, Holder>;
  readonly unknowns: string[];
  /** What there can be one of, and one resource may write: in lower case, since IAM takes names in two spellings for one. */
  readonly written: Set<string>;
}

export function emptyDraft(): Draft {
  return {
    users: new Map(),
    groups: new Map(),
    roles: new Map(),
    policies: new Map(),
    holders: new Map(),
    unknowns: [],
    written: new Set(),
  };
}

export function holderOf({ holders }: Draft, kind: HolderKind, name: string): Holder {
  const key = `${kind} ${name}`;
  const holder = holders.get(key) ?? {
    inline: new Map(),
    attached: [],
    members: [],
    reported: { inline: new Map(), attached: [] },
    exclusive: new Set(),
    named: [],
  };
  holders.set(key, holder);
  return holder;
}

/** For a policy that is there, and whose text is not here: no document. */
const NO_TEXT = "the text of this policy is not known here";

/** What hangs on a holder that no resource makes is kept: it may exist in the account, made by somebody else. */
export function finish({ id, partition }: AccountRef, draft: Draft): AccountDocuments {
  const { users, groups, roles, policies, holders, unknowns } = draft;
  const known = new Set<string>();
  const complete = <T extends { readonly name: string }>(kind: HolderKind, item: T): T => {
    known.add(`${kind} ${item.name}`);
    const { inline: documents, attached, members, reported, exclusive, named } = holderOf(draft, kind, item.name);
    const others = exclusive.has("inline") ? named : [...reported.inline.keys()];
    for (const name of others) if (!documents.has(name)) documents.set(name, reported.inline.get(name) ?? NO_TEXT);
    if (!exclusive.has("attached")) attached.push(...reported.attached.filter((arn) => !attached.includes(arn)));
    return { ...item, inline: documents, attached, ...(kind === "group" ? { members } : {}) };
  };
  const result = {
    ...{ id, partition },
    users: [...users.values()].map((user) => complete("user", user)),
    groups: [...groups.values()].map((group) => complete("group", group)),
    roles: [...roles.values()].map((role) => complete("role", role)),
    policies,
  };
  const strangers = [...holders.keys()].filter((key) => !known.has(key));
  return {
    ...result,
    unknowns: [...unknowns, ...strangers.map((key) => `${quote(key)} has policies and is not made here`)],
  };
}
