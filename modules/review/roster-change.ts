import type { PartitionId } from "../iam/partition";
import type { Terms } from "../access/holdings";
import type { AccessChange } from "./access-change";
import type { Beyond } from "./effective/role-powers";

/** Where and for whom something changes, and what it means for access; its sentence is made by `tellChange`. */
export type RosterChange = Omit<AccessChange, "kind" | "sentence" | "before" | "after"> & ChangeOf[keyof ChangeOf];

/** A tier and the terms on which it is held. */
export interface HeldOn extends Terms {
  readonly tier: string;
}

/** What changes from one roster to another, by kind. `before` and `after` are what `--json` gives. */
interface ChangeOf {
  readonly gained: {
    readonly kind: "holding-gained";
    readonly after: HeldOn;
    /** What the person held in the account that allows no less, with its terms. */
    readonly within?: HeldOn;
    /** What it allows that `than` do not; without any, all it allows. */
    readonly more?: Beyond;
    readonly than: readonly string[];
  };
  readonly lost: {
    readonly kind: "holding-lost";
    readonly before: HeldOn;
    /** What the person holds there now that allows no less, with its terms. */
    readonly still?: HeldOn;
    readonly leaves: boolean;
  };
  readonly end: { readonly kind: "holding-end"; readonly before: HeldOn; readonly after: HeldOn };
  readonly personAdded: { readonly kind: "person-added"; readonly after: { readonly tags: readonly string[] } };
  readonly personRemoved: { readonly kind: "person-removed" };
  readonly personSpelled: { readonly kind: "person-spelled"; readonly before: string; readonly after: string };
  readonly personTags: { readonly kind: "person-tags"; readonly after: { readonly tags: readonly string[] } };
  readonly team: {
    readonly kind: "team-grants";
    readonly team: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  };
  readonly tierAdded: {
    readonly kind: "tier-added";
    readonly after: HeldOn;
    readonly more: Beyond;
    readonly holders: number;
    /** A tier that leaves and allowed no less, on terms no shorter. */
    readonly replaces?: string;
  };
  readonly tierRemoved: { readonly kind: "tier-removed"; readonly before: HeldOn; readonly holders: number };
  readonly tierRenamed: { readonly kind: "tier-renamed"; readonly before: string; readonly after: string };
  readonly tierTerms: {
    readonly kind: "tier-mfa-age" | "tier-session";
    readonly before: number;
    readonly after: number;
    readonly holders: number;
  };
  readonly tierNames: {
    readonly kind: "tier-session-names";
    readonly before: readonly string[];
    readonly after: readonly string[];
    readonly holders: number;
  };
  readonly accountAdded: {
    readonly kind: "account-added";
    readonly after: { readonly id: string; readonly trusts: string; readonly spectatorReads: string };
  };
  readonly accountRemoved: { readonly kind: "account-removed"; readonly before: { readonly id: string } };
  readonly accountRenamed: {
    readonly kind: "account-renamed";
    readonly id: string;
    readonly before: string;
    readonly after: string;
  };
  readonly setting: SettingChange;
  readonly tags: {
    readonly kind: "account-tags";
    readonly holders: "roles" | "users";
    readonly after: { readonly tags: readonly string[] };
  };
}

/** A setting of an account or of the roster that is another now; `undefined`: none. */
export interface SettingChange {
  readonly kind:
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
  /** Where the sign-in addresses are, of an alias. */
  readonly partition?: PartitionId;
  readonly before?: string;
  readonly after?: string;
}
