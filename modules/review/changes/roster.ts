import type { Terms } from "../../access/holdings";
import type { PartitionId } from "../../iam/partition";

/** A tier and the terms on which it is held. */
export interface HeldOn extends Terms {
  readonly tier: string;
}

/** A term that differs; of an end, `undefined` is none. */
export type TermChange =
  | { readonly term: "mfa-age" | "session"; readonly before: number; readonly after: number }
  | { readonly term: "session-names"; readonly before: readonly string[]; readonly after: readonly string[] }
  | { readonly term: "end"; readonly before: string | undefined; readonly after: string | undefined };

/** How many actions there are, and the first of them, the most dangerous first. */
export interface SomeActions {
  readonly count: number;
  readonly first: readonly string[];
}

/** What a tier allows that others do not, for certain and perhaps; the tiers it is compared with. */
export interface More {
  readonly can: SomeActions;
  readonly perhaps: SomeActions;
  readonly than: readonly string[];
}

/** What people gain and lose, and the people themselves. */
export type PersonChange =
  | {
      readonly kind: "holding-gained";
      readonly after: HeldOn;
      /** The tier that the person held in the account and that allows no less, and the terms that are wider now. */
      readonly within?: { readonly tier: string; readonly terms: readonly TermChange[] } | undefined;
      readonly more?: More | undefined;
    }
  | {
      readonly kind: "holding-lost";
      readonly before: HeldOn;
      /** The tier that the person holds there now and that allows no less, and the terms that are narrower now. */
      readonly still?: { readonly tier: string; readonly terms: readonly TermChange[] } | undefined;
      readonly leaves: boolean;
    }
  | { readonly kind: "holding-end"; readonly before: HeldOn; readonly after: HeldOn }
  | { readonly kind: "person-added"; readonly after: { readonly tags: readonly string[] } }
  | {
      readonly kind: "person-removed";
      /** What the plans do to the IAM user, where there are plans. @default "deleted" */
      readonly user?: "absent" | "deleted" | "kept" | undefined;
    }
  | { readonly kind: "person-spelled"; readonly before: string; readonly after: string }
  | { readonly kind: "person-tags"; readonly after: { readonly tags: readonly string[] } }
  | {
      readonly kind: "team-grants";
      readonly team: string;
      readonly before: readonly string[];
      readonly after: readonly string[];
    };

/** What changes for everybody who holds a tier. `holders`: how many people that is. */
export type TierChange =
  | {
      readonly kind: "tier-added";
      readonly after: HeldOn;
      readonly more: More;
      readonly holders: number;
      /** A tier that leaves and allowed no less, on terms no shorter. */
      readonly replaces?: string | undefined;
    }
  | { readonly kind: "tier-removed"; readonly before: HeldOn; readonly holders: number }
  | { readonly kind: "tier-renamed"; readonly before: string; readonly after: string }
  | {
      readonly kind: "tier-mfa-age" | "tier-session";
      readonly before: number;
      readonly after: number;
      readonly holders: number;
    }
  | {
      readonly kind: "tier-session-names";
      readonly before: readonly string[];
      readonly after: readonly string[];
      readonly holders: number;
    };

export type AccountChange =
  | {
      readonly kind: "account-added";
      readonly after: { readonly id: string; readonly trusts: string; readonly spectatorReads: string };
    }
  | { readonly kind: "account-removed"; readonly before: { readonly id: string } }
  | {
      readonly kind: "account-renamed";
      readonly id: string;
      readonly before: string;
      readonly after: string;
      /** Its stack has another name too, so Terraform looks for its state elsewhere. */
      readonly movesState: boolean;
    }
  | {
      readonly kind: "account-tags";
      readonly holders: "roles" | "users";
      readonly after: { readonly tags: readonly string[] };
    }
  | SettingChange;

/** A setting of an account or of the roster that changes; `undefined` is none. */
export interface SettingChange {
  readonly kind: SettingKind;
  /** Where the sign-in addresses are, of an alias; absent for `aws`. */
  readonly partition?: PartitionId | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

export type SettingKind =
  | "account-id"
  | "alias"
  | "backend"
  | "deploy-role"
  | "environment"
  | "organization"
  | "partition"
  | "region"
  | "spectator-reads"
  | "stack"
  | "user-account-id";

type Declared = "declared-deploy-role" | "declared-role" | "declared-provider";

/** What a roster declares to exist in accounts on purpose; equal declarations of several accounts are one change. */
export interface DeclaredChange {
  readonly kind: Declared | `${Declared}-changed` | `${Declared}-removed`;
  readonly name: string;
  readonly accounts: readonly string[];
}
