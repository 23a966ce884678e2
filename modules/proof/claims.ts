import type { Place } from "../finding";
import type { Expected } from "../iam/expected";
import type { PasswordRules } from "../iam/account-guards";
import type { PartitionId } from "../iam/partition";
import type { Settings } from "../iam/stack-setup";

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
  readonly stacks: readonly ClaimedStack[];
  readonly holders: readonly ClaimedHolder[];
  readonly signIn: ClaimedSignIn;
}

/** One Terraform state: as whom Terraform works there, and where the state is. */
export interface ClaimedStack {
  readonly key: string;
  /** Keys of its accounts, sorted. */
  readonly accounts: readonly string[];
  /** The whole `terraform` block. */
  readonly terraform: Settings;
  /** Every provider, the guard first. */
  readonly providers: readonly ClaimedProvider[];
  /** The workspace that may be selected. */
  readonly workspace: string;
  readonly place: Place;
}

export interface ClaimedProvider {
  /** What resources call it. */
  readonly name: string;
  /** Key of its account; absent for the guard, which nothing may use. */
  readonly account?: string;
  readonly source: string;
  readonly version: string;
  /** Every setting it has. */
  readonly settings: Settings;
  /** Settings it may have as well, with only these values. */
  readonly may: Settings;
}

/** What hangs on a user, group or role: these policies and members, and nothing else. */
export interface ClaimedHolder {
  /** Key of the account. */
  readonly account: string;
  readonly accountId: string;
  readonly kind: "user" | "group" | "role";
  readonly name: string;
  /** Names of inline policies. */
  readonly inline: readonly string[];
  /** Names of inline policies that may be there: what has ended may still be there. */
  readonly ended: readonly string[];
  /** ARNs of attached policies. */
  readonly attached: readonly string[];
  /** Instead of the inline policies, when they are too long: managed ones whose ARNs are this and a number, counted from 1. */
  readonly numbered?: string;
  /** User names, of a group. */
  readonly members?: readonly string[];
  readonly place: Place;
}

/** How people sign in to the user account. */
interface ClaimedSignIn {
  readonly alias?: string;
  readonly passwords: PasswordRules;
}

export interface ClaimedAccount {
  readonly key: string;
  /** Twelve digits. */
  readonly id: string;
  readonly partition: PartitionId;
  /** The role Terraform works through: nobody's tier may reach it. */
  readonly deployRoleArn: string;
  readonly region: string;
  /** What is there on purpose besides the roster's own; absent: nothing. */
  readonly expected?: Expected;
  readonly place: Place;
}

/** A tier in an account. */
export interface ClaimedRole {
  readonly account: string;
  readonly accountId: string;
  readonly partition: PartitionId;
  readonly tier: string;
  readonly arn: string;
  /** Whose promise the role must keep; `own`: what the roster lists, no promise but the boundary's. */
  readonly promise: "administrator" | "operator" | "spectator" | "own";
  /** Spectators only: whether they may read what people store. */
  readonly readsData: boolean;
  /** MFA must be younger than this. */
  readonly mfaAgeSeconds: number;
  readonly sessionSeconds: number;
  /** Names that sessions may bear besides their person's, `*` and `?` being wildcards; never one with an @. */
  readonly sessionNames: readonly string[];
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
