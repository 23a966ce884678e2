import type { Place } from "../finding";
import type { Expected } from "../iam/expected";
import type { PartitionId } from "../iam/partition";

/** Everything the roster says, parsed and checked: plain, frozen, each list sorted by key in code-unit order. */
export interface Roster {
  readonly organization: string;
  /** Region of providers without one of their own. */
  readonly region: string;
  readonly backend: Backend;
  readonly userAccount: UserAccount;
  readonly accounts: readonly Account[];
  /** The built-in three merged with what the roster says of them, and its own tiers. */
  readonly tiers: readonly Tier[];
  readonly teams: readonly Team[];
  readonly people: readonly Person[];
}

export type Backend =
  /** State in `<directory>/<stack>.tfstate`, relative to the project folder. */
  | { readonly kind: "local"; readonly directory: string }
  /** State in `<prefix><stack>.tfstate`, locked by S3 itself; `roleArn` is assumed only for the state. */
  | {
      readonly kind: "s3";
      readonly bucket: string;
      readonly region: string;
      readonly prefix: string;
      readonly roleArn?: string;
      readonly kmsKeyId?: string;
    }
  /** One named HCP Terraform workspace `<workspacePrefix><stack>` for each stack. */
  | {
      readonly kind: "cloud";
      readonly organization: string;
      readonly hostname?: string;
      readonly project?: string;
      readonly workspacePrefix: string;
    };

interface AnyAccount {
  /** Name in the roster; `user` for the user account. */
  readonly key: string;
  readonly id: string;
  /** The roster's: all its accounts are in one. */
  readonly partition: PartitionId;
  readonly region: string;
  /** Name of the stack that holds the account; its own key unless the roster says otherwise. */
  readonly stack: string;
  /** ARN of the role the provider assumes. */
  readonly deployRoleArn: string;
  /** Put on every resource that takes tags; sorted by key. */
  readonly tags: Readonly<Record<string, string>>;
  /** What is there on purpose besides the roster's own, the roster's `expected` included; absent: nothing. */
  readonly expected?: Expected;
  readonly place: Place;
}

export interface UserAccount extends AnyAccount {
  readonly key: "user";
  /** IAM account alias, for the sign-in address. */
  readonly alias?: string;
}

export interface Account extends AnyAccount {
  readonly environment?: string;
  /** What spectators see there: how things are set up, or what people store as well. */
  readonly spectatorReads: "metadata" | "data";
}

export interface Tier {
  readonly key: string;
  readonly builtIn: boolean;
  readonly sessionSeconds: number;
  readonly mfaAgeSeconds: number;
  /** Names that sessions may bear besides their person's, `*` and `?` being wildcards; sorted. */
  readonly sessionNames: readonly string[];
  /** ARNs of managed policies an own tier attaches; empty for the built-in three. `*` of an own account is written `arn:aws:iam::{account}:policy/...`. */
  readonly policyArns: readonly string[];
  /** Actions an own tier allows and denies, on everything, as IAM writes them; empty for the built-in three. */
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly place: Place;
}

export interface Team {
  readonly key: string;
  readonly grants: readonly Grant[];
  readonly place: Place;
}

export interface Person {
  /** IAM user name; an e-mail address is one. */
  readonly key: string;
  readonly teams: readonly string[];
  readonly grants: readonly Grant[];
  /** Tags of the IAM user in addition to Rolecall's own. */
  readonly tags: Readonly<Record<string, string>>;
  readonly place: Place;
}

/** One account and one tier; `@environment` is already spread over its accounts. */
export interface Grant {
  readonly account: string;
  readonly tier: string;
  /** First instant without access, as ISO 8601 UTC (`2027-01-15T00:00:00Z`); a date without a time ends at its first second. */
  readonly until?: string;
  readonly reason?: string;
  readonly place: Place;
}
