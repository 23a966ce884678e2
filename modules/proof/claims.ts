import type { Place } from "../finding";

/**
 * What must hold, and nothing else: derived from the roster, never from the code that writes policies. Plain values, so that
 * any other source of grants could be held against documents as well.
 */
export interface AccessClaims {
  readonly userAccount: ClaimedAccount;
  readonly accounts: readonly ClaimedAccount[];
  readonly roles: readonly ClaimedRole[];
  readonly newcomers: readonly ClaimedNewcomer[];
  /** All that may exist in IAM of the accounts, by name. */
  readonly objects: readonly ClaimedObject[];
  readonly people: readonly ClaimedPerson[];
}

export interface ClaimedAccount {
  readonly key: string;
  /** Twelve digits. */
  readonly id: string;
  /** The role Terraform works through: nobody's tier may reach it. */
  readonly deployRoleArn: string;
  readonly region: string;
  readonly place: Place;
}

/** A tier in an account. */
export interface ClaimedRole {
  readonly account: string;
  readonly accountId: string;
  readonly tier: string;
  readonly arn: string;
  /** Whose promise the role must keep; `own`: what the roster lists, no promise but the boundary's. */
  readonly promise: "administrator" | "operator" | "spectator" | "own";
  /** Spectators only: whether they may read what people store. */
  readonly readsData: boolean;
  /** MFA must be younger than this. */
  readonly mfaAgeSeconds: number;
  readonly sessionSeconds: number;
}

export interface ClaimedPerson {
  /** Nobody of the roster: asked about, and never counted. */
  readonly isNewcomer?: true;
  readonly name: string;
  readonly arn: string;
  readonly place: Place;
  readonly grants: readonly ClaimedGrant[];
}

/** A grant of any date: before `until` it must work, from then on it must not. */
export interface ClaimedGrant {
  readonly roleArn: string;
  /** `team developers`, or `own`. */
  readonly through: string;
  readonly until?: string;
  readonly place: Place;
}

/** What a new person holds through groups: of a team without members, that is all there is to judge. */
export interface ClaimedNewcomer {
  /** `whoever.joins@developers.team`: a user name as people's are, so that equal documents stay one case. */
  readonly name: string;
  /** Names of the groups they would be in. */
  readonly groups: readonly string[];
  readonly grants: readonly ClaimedGrant[];
  readonly place: Place;
}

/** Something that may exist: by name, for what it gives is judged by evaluation. */
export interface ClaimedObject {
  readonly kind: "user" | "group" | "role" | "policy";
  readonly accountId: string;
  readonly arn: string;
  /** ARNs of policies that others make, and it has. */
  readonly attached: readonly string[];
  /** Beginning of the ARNs of policies of its own, before a number: as many as its rights need, and attached. */
  readonly parts?: string;
  /** ARN of the permissions boundary. */
  readonly boundary?: string;
  /** Of users and roles. */
  readonly tags?: Readonly<Record<string, string>>;
}
