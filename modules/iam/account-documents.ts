import type { PartitionId } from "./partition";

/**
 * What one account holds or will hold, as far as it decides who may do what: plain values, no matter who read them (synthesized
 * JSON, a Terraform plan, a live account). Policy documents are as found: parsed JSON, or text that could not be parsed.
 */
export interface AccountDocuments {
  /** Twelve digits. */
  readonly id: string;
  readonly partition: PartitionId;
  readonly users: readonly UserDocuments[];
  readonly groups: readonly GroupDocuments[];
  readonly roles: readonly RoleDocuments[];
  /** Customer managed policies by ARN. */
  readonly policies: ReadonlyMap<string, unknown>;
  /** What is there and cannot be judged, one line each: a judge of the account must not call it proven. */
  readonly unknowns: readonly string[];
  /** What else exists there; only of a live account. */
  readonly inventory?: AccountInventory;
}

export interface PolicyHolder {
  readonly kind: "user" | "group" | "role";
  readonly name: string;
  /** Begins and ends with `/`. */
  readonly path: string;
  /** Inline documents by name. */
  readonly inline: ReadonlyMap<string, unknown>;
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
  /** ARN of the permissions boundary. */
  readonly boundary?: string;
  /** Of users and roles: policies elsewhere may ask for the tags of whoever calls. Absent where they were not read. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Who holds managed policies, without any text. */
export type AttachedTo = Pick<PolicyHolder, "kind" | "name" | "path" | "attached" | "boundary">;

export interface UserDocuments extends PolicyHolder {
  readonly kind: "user";
}

export interface GroupDocuments extends PolicyHolder {
  readonly kind: "group";
  /** User names. */
  readonly members: readonly string[];
}

export interface RoleDocuments extends PolicyHolder {
  readonly kind: "role";
  readonly trust: unknown;
  /** Absent when it could not be read. */
  readonly maxSessionSeconds?: number;
}

/** Everything in an account that could let somebody in or act by itself, as IAM reports it, no matter who made it. */
export interface AccountInventory {
  /** All roles, the roster's own among them. */
  readonly roles: readonly RoleDocuments[];
  /** All users and groups, with the managed policies they hold. */
  readonly usersAndGroups: readonly AttachedTo[];
  /** All customer managed policies with all their versions. */
  readonly policies: readonly LivePolicyVersions[];
  /** Texts of AWS's own policies that are attached here, by ARN. */
  readonly managed: ReadonlyMap<string, unknown>;
  readonly providers: readonly FederationProvider[];
  readonly instanceProfiles: readonly InstanceProfile[];
  /** Credentials of users besides passwords, access keys and MFA devices. */
  readonly credentials: readonly UserCredential[];
}

export interface LivePolicyVersions {
  readonly arn: string;
  readonly path: string;
  /** Users, groups and roles that hold it. */
  readonly holders: number;
  /** Users and roles that it bounds, where AWS says so. */
  readonly bounds?: number;
  readonly versions: readonly PolicyVersion[];
}

export interface PolicyVersion {
  /** `v3`. */
  readonly id: string;
  readonly isDefault: boolean;
  readonly document: unknown;
}

export interface FederationProvider {
  readonly kind: "oidc" | "saml";
  readonly arn: string;
  /** All that decides whose assertions it takes: audiences and thumbprints, or the metadata. */
  readonly settings: unknown;
}

export interface InstanceProfile {
  readonly arn: string;
  readonly roles: readonly string[];
}

export interface UserCredential {
  readonly user: string;
  readonly kind: "SSH key" | "signing certificate" | "service-specific credential";
  readonly id: string;
}
