/** An IAM user, group or role by its name. */
export interface IamIdentity {
  readonly type: "user" | "group" | "role";
  readonly name: string;
}

/** A role that a person may take: a tier's, or any other by its ARN. */
export interface RoleHeld {
  readonly arn: string;
  /** Of a role that is a tier's of the change's account. */
  readonly tier?: string | undefined;
}

/** What documents of accounts differ in, one value at a time. */
export type DocumentChange =
  | { readonly kind: "identity-added" | "identity-removed"; readonly identity: IamIdentity }
  | { readonly kind: "identity-path"; readonly identity: IamIdentity; readonly before: string; readonly after: string }
  | {
      /** No user has the name any more, but the plans delete none: they rename it, or give it up. */
      readonly kind: "identity-name-unused";
      readonly identity: IamIdentity;
    }
  | { readonly kind: "policy-added"; readonly policy: string; readonly held: boolean }
  | { readonly kind: "policy-removed"; readonly policy: string }
  | { readonly kind: "policy-rights"; readonly policy: string }
  | { readonly kind: "empty-group-added" | "empty-group-rights"; readonly group: string }
  | { readonly kind: "member-added" | "member-removed"; readonly group: string }
  | { readonly kind: "role-gained"; readonly role: RoleHeld; readonly after: { readonly until?: string | undefined } }
  | { readonly kind: "role-lost"; readonly role: RoleHeld }
  | {
      readonly kind: "role-end";
      readonly role: RoleHeld;
      readonly before: { readonly until?: string | undefined };
      readonly after: { readonly until?: string | undefined };
    }
  | RoleChange
  | RightsChange
  | { readonly kind: "not-judged"; readonly reason: string };

/** How a role lets people in. `role`: its name. */
export type RoleChange =
  | { readonly kind: "trust-added" | "trust-removed"; readonly role: string; readonly principal: string }
  | { readonly kind: "trust-conditions"; readonly role: string }
  | { readonly kind: "trust-mfa"; readonly role: string; readonly before: boolean; readonly after: boolean }
  | {
      readonly kind: "trust-mfa-age";
      readonly role: string;
      /** Seconds; `undefined`: any age. */
      readonly before?: number | undefined;
      readonly after?: number | undefined;
    }
  | {
      readonly kind: "trust-session-name-added" | "trust-session-name-removed";
      readonly role: string;
      readonly name: string;
    }
  | {
      readonly kind: "role-session";
      readonly role: string;
      /** Seconds; `undefined`: not known. */
      readonly before?: number | undefined;
      readonly after?: number | undefined;
    };

/** Whose policies are compared: a role's, or those of users that change alike. */
export type ChangedHolder =
  | { readonly type: "tier" | "role"; readonly name: string; readonly holders?: number | undefined }
  | { readonly type: "users"; readonly names: readonly string[] };

/** What holders of policies may do more or less, found by evaluation; the actions are those of the change. */
export type RightsChange =
  | {
      readonly kind: "rights-gained" | "rights-gained-partly" | "rights-unknown" | "rights-lost";
      readonly holder: ChangedHolder;
      readonly actions: readonly string[];
    }
  | {
      readonly kind: "rights-reworded";
      readonly holder: ChangedHolder;
      /** How many actions other statements are about. */
      readonly count: number;
    };
