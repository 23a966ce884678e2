/** Of every resource of Rolecall's: how Terraform finds and orders it. What else Terraform knows (`count`, `lifecycle`) Rolecall never writes. */
const EVERYWHERE = ["//", "provider", "depends_on", "id"];
const MADE = [...EVERYWHERE, "name", "path", "arn", "tags", "tags_all", "unique_id"];

/** Every argument of the resources Rolecall writes, as provider 5.100 and 6 know them: what it decides is read, or it decides nothing. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  aws_iam_user: [...MADE, "permissions_boundary", "force_destroy"],
  aws_iam_group: MADE,
  aws_iam_role: [
    ...[...MADE, "permissions_boundary", "assume_role_policy", "max_session_duration", "description"],
    ...["inline_policy", "managed_policy_arns", "create_date", "force_detach_policies"],
  ],
  aws_iam_policy: [
    ...[...MADE, "policy", "policy_id", "description", "attachment_count"],
    "delay_after_policy_creation_in_ms",
  ],
  aws_iam_group_membership: [...EVERYWHERE, "name", "group", "users"],
  aws_iam_user_group_membership: [...EVERYWHERE, "user", "groups"],
  aws_iam_account_alias: [...EVERYWHERE, "account_alias"],
  aws_iam_account_password_policy: [
    ...[...EVERYWHERE, "allow_users_to_change_password", "expire_passwords", "hard_expiry", "max_password_age"],
    ...["minimum_password_length", "password_reuse_prevention", "require_lowercase_characters", "require_numbers"],
    ...["require_symbols", "require_uppercase_characters"],
  ],
};

/** The rest hangs on a holder, which it names. */
const HANGING: readonly (readonly [RegExp, readonly string[]])[] = [
  [/_policy$/, ["name", "policy"]],
  [/_policy_attachment$/, ["policy_arn"]],
  [/_policies_exclusive$/, ["policy_names"]],
  [/_policy_attachments_exclusive$/, ["policy_arns"]],
];

/** The arguments of a resource that say something and that no reader knows: they may make it something else than it looks. */
export function strangeArguments(type: string, values: Readonly<Record<string, unknown>>): readonly string[] {
  const [, kind = ""] = /^aws_iam_(user|group|role)_/.exec(type) ?? [];
  const hanging = HANGING.find(([pattern]) => pattern.test(type))?.[1] ?? [];
  const known = new Set(KNOWN[type] ?? [...EVERYWHERE, kind, `${kind}_name`, ...hanging]);
  return Object.keys(values).filter((argument) => !known.has(argument) && !isAbsent(values[argument]));
}

/** How `terraform show -json` and the provider write that an argument was not given. */
export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
