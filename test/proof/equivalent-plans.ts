/** Changes of a plan that change nothing anybody claims, each with the reason. */
export const EQUIVALENT_PLANS: readonly { readonly matches: RegExp; readonly why: string }[] = [
  {
    matches: /^(before and|after the).* aws_iam_group_membership\.\S+ name:/,
    why: "the name of a membership is Terraform's own; AWS never sees it",
  },
  { matches: /^(before and|after the).* description:/, why: "a description gives nothing" },
  {
    matches: /^(before and|after the).*_exclusive\.\S+ policy_(arns|names): \[\] -> null$/,
    why: "terraform show -json writes null for an empty list",
  },
  {
    matches: /^(before and|after the).* allow_users_to_change_password: true -> null$/,
    why: "the provider's default",
  },
];
