import type { AccountGuards, ExclusiveList, PasswordRules, IdentityRemoval } from "../../iam/account-guards";
import type { IamResource } from "./iam-resources";

/** What these resources leave as the guards of each account; the accounts in `ids` are there even without any. */
export function guardsOf(resources: readonly IamResource[], ids: readonly string[]): readonly AccountGuards[] {
  const all = [...new Set([...ids, ...resources.flatMap(({ accountId }) => accountId ?? [])])];
  return all.map((id) => {
    const own = resources.filter(({ accountId }) => accountId === id);
    const managed = own.filter(({ forgotten }) => !forgotten);
    const policies = own.filter(({ type }) => type === "aws_iam_account_password_policy");
    const aliases = own.filter(({ type }) => type === "aws_iam_account_alias");
    return {
      id,
      passwordPolicies: policies.map(passwordRules),
      aliases: aliases.map(({ values }) => String(values["account_alias"] ?? "")),
      lists: managed.flatMap(exclusiveList),
      removals: managed.flatMap(removal),
    };
  });
}

function passwordRules(resource: IamResource): PasswordRules {
  const number = (key: string, absent: number): number | undefined => {
    const value = argumentOf(resource, key, absent);
    return typeof value === "number" ? value : undefined;
  };
  const flag = (key: string, absent = false): boolean | undefined => {
    const value = argumentOf(resource, key, absent);
    return typeof value === "boolean" ? value : undefined;
  };
  return {
    // AWS's own default.
    minimumLength: number("minimum_password_length", 6),
    reusePrevention: number("password_reuse_prevention", 0),
    maxAgeDays: number("max_password_age", 0),
    requireLowercase: flag("require_lowercase_characters"),
    requireUppercase: flag("require_uppercase_characters"),
    requireNumbers: flag("require_numbers"),
    requireSymbols: flag("require_symbols"),
    // The provider's default is to allow it.
    allowChange: flag("allow_users_to_change_password", true),
    hardExpiry: flag("hard_expiry"),
  };
}

/** AWS answers these itself when they are not given, and then nothing expires. */
const ANSWERED: ReadonlySet<string> = new Set(["hard_expiry", "max_password_age"]);

function argumentOf({ values, unknown }: IamResource, key: string, absent: unknown): unknown {
  const reason = unknown?.get(key);
  if (reason !== undefined && !(ANSWERED.has(key) && reason.includes("after the apply"))) return undefined;
  return values[key] ?? absent;
}

/** The argument that lets Terraform delete what has more than it knows of; the provider's default is to let IAM refuse. */
const FORCES = { user: "force_destroy", role: "force_detach_policies" } as const;

function removal(resource: IamResource): readonly IdentityRemoval[] {
  const [, kind] = /^aws_iam_(user|role)$/.exec(resource.type) ?? [];
  if (kind !== "user" && kind !== "role") return [];
  const forced = argumentOf(resource, FORCES[kind], false);
  const takesAll = typeof forced === "boolean" ? forced : undefined;
  return [{ kind, name: String(resource.values["name"] ?? ""), takesAll }];
}

const LISTS = /^aws_iam_(user|group|role)_(policies|policy_attachments)_exclusive$/;

function exclusiveList(resource: IamResource): readonly ExclusiveList[] {
  const { type, address, values } = resource;
  if (type === "aws_iam_group_membership")
    return [{ address, kind: "group", holder: String(values["group"]), of: "members", ...namesIn(resource, "users") }];
  const [, kind, what] = LISTS.exec(type) ?? [];
  if (kind !== "user" && kind !== "group" && kind !== "role") return [];
  const of = what === "policies" ? "inline" : "attached";
  const names = namesIn(resource, of === "inline" ? "policy_names" : "policy_arns");
  return [{ address, kind, holder: String(values[`${kind}_name`]), of, ...names }];
}

/** `terraform show -json` writes null for an empty list. */
function namesIn(resource: IamResource, argument: string): Pick<ExclusiveList, "names"> {
  const names = argumentOf(resource, argument, []);
  const plain = Array.isArray(names) && names.every((name) => typeof name === "string" && !name.includes("${"));
  return plain ? { names: names as readonly string[] } : {};
}
