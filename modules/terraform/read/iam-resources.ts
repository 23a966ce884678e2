import type { AccountDocuments, GroupDocuments, RoleDocuments, UserDocuments } from "../../iam/account-documents";
import { policyArn } from "../../iam/arn";
import { scanJson } from "../../iam/repeated-key";
import { quote } from "../../text";
import { listOf, recordOf } from "./json";

/** One resource with the account its provider leads to; arguments as Terraform's JSON names them. */
export interface IamResource {
  readonly type: string;
  readonly address: string;
  /** Absent when it cannot be told. */
  readonly accountId?: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Arguments whose values are not there, each with the reason. */
  readonly unknown?: ReadonlyMap<string, string>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface Holder {
  readonly inline: Map<string, unknown>;
  readonly attached: string[];
  readonly members: string[];
  /** Inline and attached policies as a role resource reports them; counts unless a resource of its own has the last word. */
  readonly reported: { readonly inline: Map<string, unknown>; readonly attached: string[] };
  readonly exclusive: Set<"inline" | "attached">;
  /** Inline policies an exclusive resource names; their text is elsewhere. */
  readonly named: string[];
}

interface Draft {
  readonly users: Map<string, Mutable<UserDocuments>>;
  readonly groups: Map<string, Mutable<GroupDocuments>>;
  readonly roles: Map<string, Mutable<RoleDocuments>>;
  readonly policies: Map<string, unknown>;
  readonly holders: Map<string, Holder>;
  readonly unknowns: string[];
}

/**
 * The documents of every account that these resources make, for `accountIds` and any other account they lead to. What is not
 * understood becomes an unknown of its account; never dropped, never guessed.
 */
export function documentsOf(
  resources: readonly IamResource[],
  accountIds: readonly string[],
): readonly AccountDocuments[] {
  const drafts = new Map<string, Draft>();
  const ids = [...accountIds, ...resources.map(({ accountId }) => accountId ?? "unknown")];
  for (const id of ids) if (!drafts.has(id)) drafts.set(id, emptyDraft());
  for (const resource of resources) {
    const id = resource.accountId ?? "unknown";
    const draft = drafts.get(id) ?? emptyDraft();
    if (id === "unknown") draft.unknowns.push(`${shown(resource)}: its provider does not tell its account`);
    for (const [argument, reason] of resource.unknown ?? [])
      if (DECIDING.has(argument)) draft.unknowns.push(`${shown(resource)}: ${argument} ${reason}`);
    (READERS.get(resource.type) ?? unjudged)(draft, resource, id);
  }
  return [...drafts].map(([id, draft]) => finish(id, draft));
}

/** Arguments that decide who may do what. */
const DECIDING: ReadonlySet<string> = new Set([
  ...["name", "path", "permissions_boundary", "assume_role_policy", "max_session_duration"],
  ...["policy", "policy_arn", "policy_arns", "policy_names", "inline_policy", "managed_policy_arns"],
  ...["user", "users", "group", "groups", "role", "user_name", "group_name", "role_name"],
]);

/** True for an argument whose value is in an account's documents. */
export function isDeciding(argument: string): boolean {
  return DECIDING.has(argument);
}

/** The address for a message: keys of `for_each` are anybody's text. */
function shown({ address }: IamResource): string {
  return /^[\w.-]+$/.test(address) ? address : quote(address);
}

type Reader = (draft: Draft, resource: IamResource, accountId: string) => void;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    "aws_iam_user",
    (draft, resource) => put(draft, draft.users, resource, (base): UserDocuments => ({ kind: "user", ...base })),
  ],
  [
    "aws_iam_group",
    (draft, resource) =>
      put(draft, draft.groups, resource, (base): GroupDocuments => ({ kind: "group", members: [], ...base })),
  ],
  ["aws_iam_role", readRole],
  ["aws_iam_policy", readPolicy],
  ["aws_iam_user_policy", (draft, resource) => inline(draft, resource, "user")],
  ["aws_iam_group_policy", (draft, resource) => inline(draft, resource, "group")],
  ["aws_iam_role_policy", (draft, resource) => inline(draft, resource, "role")],
  ["aws_iam_user_policy_attachment", (draft, resource) => attach(draft, resource, "user", "policy_arn")],
  ["aws_iam_group_policy_attachment", (draft, resource) => attach(draft, resource, "group", "policy_arn")],
  ["aws_iam_role_policy_attachment", (draft, resource) => attach(draft, resource, "role", "policy_arn")],
  ["aws_iam_user_policy_attachments_exclusive", (draft, resource) => attach(draft, resource, "user", "policy_arns")],
  ["aws_iam_group_policy_attachments_exclusive", (draft, resource) => attach(draft, resource, "group", "policy_arns")],
  ["aws_iam_role_policy_attachments_exclusive", (draft, resource) => attach(draft, resource, "role", "policy_arns")],
  ["aws_iam_group_membership", readMembership],
  ["aws_iam_user_group_membership", readUserMembership],
  ["aws_iam_user_policies_exclusive", (draft, resource) => onlyInline(draft, resource, "user")],
  ["aws_iam_group_policies_exclusive", (draft, resource) => onlyInline(draft, resource, "group")],
  ["aws_iam_role_policies_exclusive", (draft, resource) => onlyInline(draft, resource, "role")],
  // They say nothing about access.
  ["aws_iam_account_alias", () => undefined],
  ["aws_iam_account_password_policy", () => undefined],
]);

/** True for types of which it is known what they give. */
export function judges(type: string): boolean {
  return READERS.has(type);
}

function unjudged(draft: Draft, resource: IamResource): void {
  draft.unknowns.push(`${shown(resource)}: what a ${quote(resource.type)} gives cannot be judged`);
}

interface Base {
  readonly name: string;
  readonly path: string;
  readonly inline: ReadonlyMap<string, unknown>;
  readonly attached: readonly string[];
  readonly boundary?: string;
}

function put<T>(draft: Draft, into: Map<string, T>, resource: IamResource, make: (base: Base) => T): void {
  const { values } = resource;
  const name = text(draft, resource, "name");
  const boundary = values["permissions_boundary"];
  if (name === undefined) return;
  if (into.has(name)) draft.unknowns.push(`${shown(resource)}: a second resource makes ${quote(name)}`);
  const path = values["path"] === undefined || values["path"] === null ? "/" : String(values["path"]);
  const bounded = boundary === undefined || boundary === null || boundary === "" ? {} : { boundary: String(boundary) };
  into.set(name, make({ name, path, inline: new Map(), attached: [], ...bounded }));
}

function readRole(draft: Draft, resource: IamResource): void {
  const seconds = resource.values["max_session_duration"];
  const name = resource.values["name"];
  if (typeof name === "string") report(holderOf(draft, "role", name), resource.values);
  put(
    draft,
    draft.roles,
    resource,
    (base): RoleDocuments => ({
      kind: "role",
      ...base,
      trust: documentIn(resource.values["assume_role_policy"]),
      ...(resource.unknown?.has("max_session_duration")
        ? {}
        : // AWS's own default; Terraform takes a number that is written as text.
          { maxSessionSeconds: seconds === undefined || seconds === null ? 3600 : Number(seconds) }),
    }),
  );
}

/** In a plan a role's resource lists what it has now, by whomever it was made. */
function report({ reported }: Holder, values: IamResource["values"]): void {
  for (const arn of listOf(values["managed_policy_arns"])) reported.attached.push(String(arn));
  for (const each of listOf(values["inline_policy"])) {
    const { name, policy } = recordOf(each);
    reported.inline.set(String(name ?? ""), documentIn(policy));
  }
}

function onlyInline(draft: Draft, resource: IamResource, kind: "user" | "group" | "role"): void {
  const holder = text(draft, resource, `${kind}_name`);
  if (holder === undefined) return;
  const { exclusive, named } = holderOf(draft, kind, holder);
  exclusive.add("inline");
  named.push(...texts(draft, resource, "policy_names"));
}

function readPolicy(draft: Draft, resource: IamResource, accountId: string): void {
  const name = text(draft, resource, "name");
  if (name === undefined) return;
  const path = typeof resource.values["path"] === "string" ? resource.values["path"] : "/";
  const arn = policyArn(accountId, path, name);
  if (draft.policies.has(arn)) draft.unknowns.push(`${shown(resource)}: a second resource makes ${quote(arn)}`);
  draft.policies.set(arn, documentIn(resource.values["policy"]));
}

function inline(draft: Draft, resource: IamResource, kind: "user" | "group" | "role"): void {
  const holder = text(draft, resource, kind);
  const name = text(draft, resource, "name");
  if (holder === undefined || name === undefined) return;
  const { inline: documents } = holderOf(draft, kind, holder);
  if (documents.has(name)) draft.unknowns.push(`${shown(resource)}: a second resource writes ${quote(name)}`);
  documents.set(name, documentIn(resource.values["policy"]));
}

/** The exclusive form calls its holder `role_name`. */
function attach(draft: Draft, resource: IamResource, kind: "user" | "group" | "role", argument: string): void {
  const exclusive = argument === "policy_arns";
  const holder = text(draft, resource, exclusive ? `${kind}_name` : kind);
  if (holder === undefined) return;
  const arns = exclusive ? texts(draft, resource, argument) : [text(draft, resource, argument) ?? ""];
  const { attached: known, exclusive: last } = holderOf(draft, kind, holder);
  if (exclusive) last.add("attached");
  known.push(...arns.filter((arn) => arn !== "" && !known.includes(arn)));
}

function readMembership(draft: Draft, resource: IamResource): void {
  const group = text(draft, resource, "group");
  if (group !== undefined) holderOf(draft, "group", group).members.push(...texts(draft, resource, "users"));
}

function readUserMembership(draft: Draft, resource: IamResource): void {
  const user = text(draft, resource, "user");
  if (user === undefined) return;
  for (const group of texts(draft, resource, "groups")) holderOf(draft, "group", group).members.push(user);
}

function text(draft: Draft, resource: IamResource, argument: string): string | undefined {
  const value = resource.values[argument];
  if (typeof value === "string" && value !== "" && !value.includes("${")) return value;
  if (!resource.unknown?.has(argument)) draft.unknowns.push(`${shown(resource)}: ${argument} is not a plain text`);
  return undefined;
}

function texts(draft: Draft, resource: IamResource, argument: string): readonly string[] {
  const value = resource.values[argument];
  if (Array.isArray(value) && value.every((each) => typeof each === "string" && !each.includes("${"))) return value;
  if (!resource.unknown?.has(argument))
    draft.unknowns.push(`${shown(resource)}: ${argument} is not a list of plain texts`);
  return [];
}

/** The policy language needs eight. */
const MAX_POLICY_DEPTH = 32;

/** A document's JSON; text that is none, says a key twice, or is nested without end, stays text, which nobody takes for a document. */
function documentIn(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    const document: unknown = JSON.parse(value);
    const { repeated, depth } = scanJson(value);
    return repeated === undefined && depth <= MAX_POLICY_DEPTH ? document : value;
  } catch {
    return value;
  }
}

function emptyDraft(): Draft {
  return {
    users: new Map(),
    groups: new Map(),
    roles: new Map(),
    policies: new Map(),
    holders: new Map(),
    unknowns: [],
  };
}

function holderOf({ holders }: Draft, kind: string, name: string): Holder {
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
function finish(id: string, draft: Draft): AccountDocuments {
  const { users, groups, roles, policies, holders, unknowns } = draft;
  const known = new Set<string>();
  const complete = <T extends { readonly name: string }>(kind: string, item: T): T => {
    known.add(`${kind} ${item.name}`);
    const { inline: documents, attached, members, reported, exclusive, named } = holderOf(draft, kind, item.name);
    const others = exclusive.has("inline") ? named : [...reported.inline.keys()];
    for (const name of others) if (!documents.has(name)) documents.set(name, reported.inline.get(name) ?? NO_TEXT);
    if (!exclusive.has("attached")) attached.push(...reported.attached.filter((arn) => !attached.includes(arn)));
    return { ...item, inline: documents, attached, ...(kind === "group" ? { members } : {}) };
  };
  const result = {
    id,
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
