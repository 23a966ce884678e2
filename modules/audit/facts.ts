import type { AccountPlan } from "../access/plan";
import type { AccountInventory } from "../iam/account-documents";
import type { Classified } from "../proof/entrances/classified";
import type { Proof } from "../proof/prove";
import type { Roster } from "../roster/roster";
import type { Known } from "../known";
import type { LiveAccount } from "../live/live-account";
import type { StandingRevocation } from "../people/sessions/revoke";

/** What an audit read of one account; each part by itself, so that one refusal hides no other answer. */
export interface AccountFacts {
  readonly plan: AccountPlan;
  /** Why nothing at all could be read. */
  readonly unreachable?: string;
  /** Without the denials of offboardings, which `revocations` holds. */
  readonly live: Known<LiveAccount>;
  readonly revocations: readonly StandingRevocation[];
  readonly roles: Known<readonly RoleFact[]>;
  /** Whatever stands there, the roster's own and all else. */
  readonly inventory: Known<AccountInventory>;
  readonly root: Known<RootFacts>;
  /** Of the user account alone. */
  readonly people?: PeopleFacts;
}

export interface PeopleFacts {
  readonly credentials: Known<CredentialFacts>;
  /** Serial numbers of virtual MFA devices that nobody has. */
  readonly strayDevices: Known<readonly string[]>;
  readonly passwordPolicy: Known<FullPasswordPolicy | undefined>;
}

export interface RoleFact {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly created: Date;
  /** Of Rolecall's own roles alone; absent when not used in AWS's tracking period of 400 days. */
  readonly lastUsed?: Date;
}

export interface RootFacts {
  readonly hasMfa: boolean;
  readonly hasKeys: boolean;
  readonly hasCertificates?: boolean;
  /** Absent when AWS does not say. */
  readonly hasPassword?: boolean;
}

/** From IAM's credential report, which is up to four hours old. Source: IAM User Guide, "Generate credential reports" (read 2026-11). */
export interface CredentialFacts {
  readonly generated: Date;
  readonly people: readonly PersonCredentials[];
}

export interface PersonCredentials {
  readonly name: string;
  readonly created: Date;
  readonly hasPassword: boolean;
  readonly passwordLastUsed?: Date;
  readonly hasMfa: boolean;
  readonly keys: readonly KeyCredentials[];
  readonly hasCertificate: boolean;
}

/** An active access key. */
export interface KeyCredentials {
  readonly made: Date;
  readonly lastUsed?: Date;
}

export interface FullPasswordPolicy {
  readonly minimumLength: number;
  readonly reusePrevention: number;
  readonly allClasses: boolean;
  readonly peopleMayChange: boolean;
}

/** Everything the checks look at. */
export interface AuditFacts {
  readonly roster: Roster;
  readonly now: Date;
  readonly accounts: readonly AccountFacts[];
  /** Of all that was read; unknown when a part is missing. */
  readonly proof: Known<Proof>;
  /** What everything that stands in the accounts with a known inventory is taken for. */
  readonly entrances: readonly Classified[];
  readonly limits: AuditLimits;
}

export interface AuditLimits {
  /** Days after which a key is old. */
  readonly keyDays: number;
  /** Days without use after which a person, a key or a role is unused. */
  readonly unusedDays: number;
}

/** Whole days from one instant to a later one. */
export function daysBetween(then: Date, now: Date): number {
  return Math.floor((now.getTime() - then.getTime()) / 86_400_000);
}
