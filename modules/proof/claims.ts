import type { Place } from "../finding";

/**
 * What must hold, and nothing else: derived from the roster, never from the code that writes policies. Plain values, so that
 * any other source of grants could be held against documents as well.
 */
export interface AccessClaims {
  readonly userAccount: ClaimedAccount;
  readonly accounts: readonly ClaimedAccount[];
  readonly roles: readonly ClaimedRole[];
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
