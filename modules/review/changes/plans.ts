import type { IamIdentity } from "./documents";

/** A resource of a plan as sentences show it: IAM's own objects by name, everything else by what it belongs to. */
export type PlanResource =
  | { readonly type: "user" | "group" | "role" | "policy"; readonly name: string }
  | { readonly type: "alias" | "password-policy" }
  | {
      readonly type: "membership" | "inline-list" | "attached-list" | "attachment";
      readonly of?: IamIdentity | undefined;
      /** Of an attachment: the policy, or where it has none the resource type. */
      readonly policy?: string | undefined;
      readonly resourceType?: string | undefined;
    };

export type PlanChange = CoverageChange | LifecycleChange | OutsideChange | AgainstRoster | PasswordChange;

/** Why plans are not the whole truth about a change. */
type CoverageChange =
  | { readonly kind: "plan-without-account"; readonly file: string }
  | { readonly kind: "plan-of-unknown-account"; readonly file: string; readonly id: string }
  | { readonly kind: "plan-twice"; readonly files: readonly [string, string]; readonly id: string }
  | { readonly kind: "plan-doubt"; readonly file: string; readonly reason: string }
  | { readonly kind: "plan-missing" }
  | { readonly kind: "setup-differs"; readonly claim: string; readonly reason: string; readonly cure: string };

/** What a plan does to resources besides changing what they say. */
type LifecycleChange =
  | { readonly kind: "first-apply"; readonly count: number }
  | { readonly kind: "resource-respelled"; readonly type: Kind; readonly before: string; readonly after: string }
  | {
      readonly kind: "resource-renamed";
      readonly type: Kind;
      readonly before: string;
      readonly after?: string | undefined;
    }
  | { readonly kind: "resource-forgotten"; readonly resource: PlanResource }
  | { readonly kind: "resource-replaced"; readonly resource: { readonly type: Kind; readonly name: string } }
  | { readonly kind: "resource-imported"; readonly resource: { readonly type: Kind; readonly name: string } }
  | {
      readonly kind: "resource-tags";
      readonly resource: PlanResource;
      readonly after: { readonly tags: readonly string[] };
    }
  | { readonly kind: "list-removed"; readonly list: "attached" | "inline"; readonly of: IamIdentity }
  | { readonly kind: "addresses-changed"; readonly count: number; readonly names: readonly string[] }
  | { readonly kind: "members-unread"; readonly group: string }
  | { readonly kind: "trust-of-nobody"; readonly role: string; readonly principal: string; readonly removed: boolean }
  | { readonly kind: "resources-without-account"; readonly count: number }
  | { readonly kind: "not-judged-more"; readonly count: number }
  | { readonly kind: "alias-unknown" }
  | {
      /** What somebody changed by hand and no document shows; without a resource it is of a type that is not judged. */
      readonly kind: "drift-arguments";
      readonly resource?: PlanResource | undefined;
      readonly resourceType: string;
      readonly arguments: readonly string[];
      readonly kept: boolean;
    };

export type Kind = "user" | "group" | "role" | "policy";

/** What no stack of Rolecall has. */
type OutsideChange =
  | { readonly kind: "extra-resources"; readonly count: number; readonly names: readonly ExtraName[] }
  | { readonly kind: "changes-outside-iam"; readonly count: number; readonly types: readonly string[] }
  | {
      readonly kind: "resource-not-judged";
      readonly resourceType: string;
      readonly of?: IamIdentity | undefined;
      readonly name?: string | undefined;
      readonly action: "forget" | "create" | "delete" | "update";
    }
  | { readonly kind: "plan-unread"; readonly reason: string };

export interface ExtraName {
  readonly resourceType: string;
  readonly of?: IamIdentity | undefined;
}

/** Where the end of the plans is not what the roster asks for, by name. */
type AgainstRoster =
  | {
      readonly kind: "attached-extra" | "attached-missing";
      readonly identity: IamIdentity;
      readonly what: { readonly type: "inline policy" | "policy" | "member"; readonly name: string };
    }
  | {
      readonly kind: "boundary-differs";
      readonly identity: IamIdentity;
      /** What the roster asks for, and what the plans lead to. */
      readonly before?: string | undefined;
      readonly after?: string | undefined;
    }
  | {
      readonly kind: "tags-differ";
      readonly identity: IamIdentity;
      readonly after: { readonly tags: readonly string[] };
    }
  | { readonly kind: "claim-broken"; readonly claim: string; readonly reason: string };

type PasswordChange =
  | { readonly kind: "password-policy-twice" | "password-policy-removed" }
  | {
      readonly kind: "password-policy";
      readonly argument: string;
      /** `undefined`: unset, or no plain value. */
      readonly before?: number | boolean | undefined;
      readonly after?: number | boolean | undefined;
    };
