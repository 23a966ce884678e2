import type { PasswordRules } from "../iam/account-guards";
import type { PartitionId } from "../iam/partition";

/** What an account really holds, as far as Rolecall manages it: plain values, every list sorted. */
export interface LiveAccount {
  readonly id: string;
  readonly partition: PartitionId;
  readonly alias?: string | undefined;
  readonly passwordPolicy?: PasswordRules | undefined;
  readonly users: readonly LiveUser[];
  readonly groups: readonly LiveGroup[];
  readonly roles: readonly LiveRole[];
  readonly policies: readonly LivePolicy[];
}

export interface LivePolicies {
  /** Inline documents by name, parsed. */
  readonly inline: Readonly<Record<string, unknown>>;
  readonly attached: readonly string[];
}

export interface LiveUser extends LivePolicies {
  readonly name: string;
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
  /** ARN of the permissions boundary; Rolecall sets none. */
  readonly boundary?: string | undefined;
}

export interface LiveGroup extends LivePolicies {
  readonly name: string;
  readonly path: string;
  readonly members: readonly string[];
}

export interface LiveRole extends LivePolicies {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly trust: unknown;
  /** ARN of the permissions boundary. */
  readonly boundary?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface LivePolicy {
  readonly name: string;
  readonly path: string;
  readonly document: unknown;
}
