/** What keeps an account as it is, in addition to its documents: settings of the account, and lists that undo additions by hand. */
export interface AccountGuards {
  /** Twelve digits. */
  readonly id: string;
  /** Absent: AWS's default. Several: whichever was written last. */
  readonly passwordPolicies: readonly PasswordRules[];
  readonly aliases: readonly string[];
  /** Absent for a live account, which has none: there the additions themselves show. */
  readonly lists?: readonly ExclusiveList[];
  /** Absent for a live account: how its users and roles are deleted is Terraform's to know. */
  readonly removals?: readonly IdentityRemoval[];
}

/** What becomes of a user or role whose line goes. IAM deletes none that still has keys, devices or policies. */
export interface IdentityRemoval {
  readonly kind: "user" | "role";
  readonly name: string;
  /** Whether Terraform takes away first whatever it has; undefined: not known. */
  readonly takesAll: boolean | undefined;
}

/** The password policy of an account; undefined: it could not be read. */
export interface PasswordRules {
  readonly minimumLength: number | undefined;
  /** How many earlier passwords cannot be used again; 0: none. */
  readonly reusePrevention: number | undefined;
  /** Days until a password expires; 0: never. */
  readonly maxAgeDays: number | undefined;
  readonly requireLowercase: boolean | undefined;
  readonly requireUppercase: boolean | undefined;
  readonly requireNumbers: boolean | undefined;
  readonly requireSymbols: boolean | undefined;
  readonly allowChange: boolean | undefined;
  /** Whether an expired password can only be set by an administrator. */
  readonly hardExpiry: boolean | undefined;
}

/** Terraform takes away whatever else a holder has of this. */
export interface ExclusiveList {
  readonly address: string;
  readonly kind: "user" | "group" | "role";
  readonly holder: string;
  readonly of: "inline" | "attached" | "members";
  /** Absent when they could not be read. */
  readonly names?: readonly string[];
}
