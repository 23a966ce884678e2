import type { AccountDocuments, GroupDocuments, RoleDocuments, UserDocuments } from "../../iam/account-documents";
import { type AccountRef, policyArn } from "../../iam/arn";
import type { PartitionId } from "../../iam/partition";
import { isRecord, quote } from "../../text";
import { isAbsent, strangeArguments } from "./iam-arguments";
import { type Draft, emptyDraft, finish, type Holder, type HolderKind, holderOf } from "./iam-draft";
import { listOf, recordOf } from "./json";
import { documentIn } from "./policy-text";

/** One resource with the account its provider leads to; arguments as Terraform's JSON names them. */
export interface IamResource {
  readonly type: string;
  readonly address: string;
  /** Absent when it is not known. */
  readonly accountId?: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** It stays in AWS, and Terraform looks after it no more. */
  readonly forgotten?: true;
  /** Arguments whose values are not there, each with the reason. */
  readonly unknown?: ReadonlyMap<string, string>;
}

/** Partition of each account, by its id: that of its provider's Region. */
export type Partitions = ReadonlyMap<string, PartitionId>;

/**
 * The documents of every account that these resources make, for `accountIds` and any other account they lead to. What is not
 * understood becomes an unknown of its account; never dropped, never guessed.
 */
export function documentsOf(
  resources: readonly IamResource[],
  accountIds: readonly string[],
  partitions: Partitions,
): readonly AccountDocuments[] {
  const accountOf = (id: string): AccountRef => ({ id, partition: partitions.get(id) ?? "aws" });
  const drafts = new Map<string, Draft>();
  const ids = [...accountIds, ...resources.map(({ accountId }) => accountId ?? "unknown")];
  for (const id of ids) if (!drafts.has(id)) drafts.set(id, emptyDraft());
  for (const resource of resources) {
    const id = resource.accountId ?? "unknown";
    const draft = drafts.get(id) ?? emptyDraft();
    if (id === "unknown")
      draft.unknowns.push(`${shown(resource)}: its provider does not say which account it belongs to`);
    for (const [argument, reason] of resource.unknown ?? [])
      if (isDeciding(argument) || reason === SECRET) draft.unknowns.push(`${shown(resource)}: ${argument} ${reason}`);
    const read = READERS.get(resource.type);
    if (read) for (const strange of strangeOf(resource)) draft.unknowns.push(`${shown(resource)}: ${strange}`);
    (read ?? unjudged)(draft, resource, accountOf(id));
  }
  return [...drafts].map(([id, draft]) => finish(accountOf(id), draft));
}

/** Why a value that Terraform marks as sensitive is not there: it marks none of Rolecall's, so somebody hides it. */
export const SECRET = "is marked as a secret, so it is not read";

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

function strangeOf({ type, values }: IamResource): readonly string[] {
  return strangeArguments(type, values).map(
    (argument) => `${/^\w+$/.test(argument) ? argument : quote(argument)} cannot be judged`,
  );
}

/** The address for a message: keys of `for_each` are anybody's text. */
function shown({ address }: IamResource): string {
  return /^[\w.-]+$/.test(address) ? address : quote(address);
}

type Reader = (draft: Draft, resource: IamResource, account: AccountRef) => void;

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
  // They say nothing about what policies allow; an account has one of each.
  ["aws_iam_account_alias", (draft, resource) => once(draft, resource, "the account's alias")],
  ["aws_iam_account_password_policy", (draft, resource) => once(draft, resource, "the password policy")],
]);

/** True for types of which it is known what they give. */
export function judges(type: string): boolean {
  return READERS.has(type);
}

function unjudged(draft: Draft, resource: IamResource): void {
  draft.unknowns.push(`${shown(resource)}: what a ${quote(resource.type)} gives cannot be judged`);
}

/** Of two resources that write the same, the last one wins, and which that is is not known. */
function once(draft: Draft, resource: IamResource, what: string, verb = "makes"): void {
  const key = what.toLowerCase();
  if (draft.written.has(key)) draft.unknowns.push(`${shown(resource)}: a second resource ${verb} ${what}`);
  draft.written.add(key);
}

interface Base {
  readonly name: string;
  readonly path: string;
  readonly inline: ReadonlyMap<string, unknown>;
  readonly attached: readonly string[];
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

function put<T>(draft: Draft, into: Map<string, T>, resource: IamResource, make: (base: Base) => T): void {
  const { values } = resource;
  const name = text(draft, resource, "name");
  const boundary = values["permissions_boundary"];
  if (name === undefined) return;
  once(draft, resource, `the ${resource.type.replace("aws_iam_", "")} ${quote(name)}`);
  const bounded = isAbsent(boundary) ? {} : { boundary: String(boundary) };
  into.set(
    name,
    make({
      name,
      path: pathOf(draft, resource),
      inline: new Map(),
      attached: [],
      ...bounded,
      ...tagsOf(draft, resource),
    }),
  );
}

/** Of principals; with the provider's default tags where a plan shows them: before a creation it does not. */
function tagsOf(draft: Draft, resource: IamResource): Pick<Base, "tags"> {
  const { type, values, unknown } = resource;
  if (type !== "aws_iam_user" && type !== "aws_iam_role") return {};
  const tags = isRecord(values["tags_all"]) ? values["tags_all"] : (values["tags"] ?? {});
  const isPlain =
    isRecord(tags) && Object.values(tags).every((each) => typeof each === "string" && !each.includes("${"));
  if (isPlain && !unknown?.has("tags")) return { tags: tags as Readonly<Record<string, string>> };
  draft.unknowns.push(`${shown(resource)}: its tags are not known`);
  return {};
}

/** IAM's own path, unless another is given. */
function pathOf(draft: Draft, resource: IamResource): string {
  return isAbsent(resource.values["path"]) ? "/" : (text(draft, resource, "path") ?? "/");
}

/** AWS's own default, unless another is given; a number may be written as text. Undefined when it is not known. */
function sessionOf(draft: Draft, resource: IamResource): { readonly maxSessionSeconds?: number } {
  const value = resource.values["max_session_duration"];
  if (resource.unknown?.has("max_session_duration")) return {};
  if (value === undefined || value === null) return { maxSessionSeconds: 3600 };
  const seconds = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof seconds === "number" && Number.isSafeInteger(seconds)) return { maxSessionSeconds: seconds };
  draft.unknowns.push(`${shown(resource)}: max_session_duration is not a number of seconds`);
  return {};
}

function readRole(draft: Draft, resource: IamResource): void {
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
      ...sessionOf(draft, resource),
    }),
  );
}

/** In a plan a role's resource lists what it has now, no matter who made it. */
function report({ reported }: Holder, values: IamResource["values"]): void {
  for (const arn of listOf(values["managed_policy_arns"])) reported.attached.push(String(arn));
  for (const each of listOf(values["inline_policy"])) {
    const { name, policy } = recordOf(each);
    // An empty block says that there are none.
    if (isAbsent(name) && isAbsent(policy)) continue;
    reported.inline.set(String(name ?? ""), documentIn(policy));
  }
}

function onlyInline(draft: Draft, resource: IamResource, kind: HolderKind): void {
  const holder = text(draft, resource, `${kind}_name`);
  if (holder === undefined) return;
  once(draft, resource, `the inline policies of the ${kind} ${quote(holder)}`, "lists");
  const { exclusive, named } = holderOf(draft, kind, holder);
  exclusive.add("inline");
  named.push(...texts(draft, resource, "policy_names"));
}

function readPolicy(draft: Draft, resource: IamResource, account: AccountRef): void {
  const name = text(draft, resource, "name");
  if (name === undefined) return;
  const arn = policyArn(account, pathOf(draft, resource), name);
  // By name alone: whatever its path, an account has one of it.
  once(draft, resource, `the policy ${quote(name)}`);
  draft.policies.set(arn, documentIn(resource.values["policy"]));
}

function inline(draft: Draft, resource: IamResource, kind: HolderKind): void {
  const holder = text(draft, resource, kind);
  const name = text(draft, resource, "name");
  if (holder === undefined || name === undefined) return;
  const { inline: documents } = holderOf(draft, kind, holder);
  once(draft, resource, `the policy ${quote(name)} of the ${kind} ${quote(holder)}`, "writes");
  documents.set(name, documentIn(resource.values["policy"]));
}

/** The exclusive form calls its holder `role_name`. */
function attach(draft: Draft, resource: IamResource, kind: HolderKind, argument: string): void {
  const exclusive = argument === "policy_arns";
  const holder = text(draft, resource, exclusive ? `${kind}_name` : kind);
  if (holder === undefined) return;
  const arns = exclusive ? texts(draft, resource, argument) : [text(draft, resource, argument) ?? ""];
  const { attached: known, exclusive: last } = holderOf(draft, kind, holder);
  if (exclusive) {
    last.add("attached");
    once(draft, resource, `the attached policies of the ${kind} ${quote(holder)}`, "lists");
  }
  known.push(...arns.filter((arn) => arn !== "" && !known.includes(arn)));
}

function readMembership(draft: Draft, resource: IamResource): void {
  const group = text(draft, resource, "group");
  if (group === undefined) return;
  once(draft, resource, `the members of the group ${quote(group)}`, "lists");
  holderOf(draft, "group", group).members.push(...texts(draft, resource, "users"));
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
  // How `terraform show -json` writes an empty list.
  if (value === null) return [];
  if (Array.isArray(value) && value.every((each) => typeof each === "string" && !each.includes("${"))) return value;
  if (!resource.unknown?.has(argument))
    draft.unknowns.push(`${shown(resource)}: ${argument} is not a list of plain texts`);
  return [];
}
