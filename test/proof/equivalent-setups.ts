/** Changes of stacks and accounts that leave everything as the roster says, and why. An entry that no mutant needs fails the test. */
export const EQUIVALENT_SETUPS: readonly { readonly matches: RegExp; readonly why: string }[] = [
  { matches: / equal: /, why: "the same, written in another way that Terraform reads alike" },
  {
    matches: /max_session_duration null/,
    why: "AWS's own default is the hour that every tier of the sample has",
  },
  {
    matches: /(hard_expiry false|max_password_age 0|allow_users_to_change_password null)/,
    why: "the provider's own default",
  },
];
