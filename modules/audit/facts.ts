import type { AccountPlan } from "../access/plan";
import type { AccountInventory } from "../iam/account-documents";
import type { PasswordRules } from "../iam/account-guards";
import type { Classified } from "../proof/entrances/classified";
import type { Proof } from "../proof/prove";
import type { Roster } from "../roster/roster";
import type { Known } from "../known";
import type { LiveAccount } from "../live/live-account";
import type { StandingRevocation } from "../iam/revocation";

/** What an audit read of one account; each part on its own, so that one refusal hides no other answer. */
export interface AccountFacts {
  readonly plan: AccountPlan;
  /** Why nothing at all could be read. */
  readonly unreachable?: string | undefined;
  /** Without the denials of offboardings, which `revocations` holds. */
  readonly live: Known<LiveAccount>;
  readonly revocations: readonly StandingRevocation[];
  readonly roles: Known<readonly RoleFact[]>;
  /** Everything in the account, the roster's own and the rest. */
  readonly inventory: Known<AccountInventory>;
  readonly root: Known<RootFacts>;
  /** Only of the user account. */
  readonly people?: PeopleFacts | undefined;
}

export interface PeopleFacts {
  readonly credentials: Known<CredentialFacts>;
  /** Serial numbers of virtual MFA devices that nobody has. */
  readonly strayDevices: Known<readonly string[]>;
  readonly passwordPolicy: Known<PasswordRules | undefined>;
}

export interface RoleFact {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly created: Date;
  /** Only of Rolecall's own roles; absent where it was not used in AWS's tracking period of 400 days. */
  readonly lastUsed?: Date | undefined;
}

export interface RootFacts {
  readonly hasMfa: boolean;
  readonly hasKeys: boolean;
  readonly hasCertificates?: boolean;
  /** Absent when AWS does not say. */
  readonly hasPassword?: boolean | undefined;
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
  readonly passwordLastUsed?: Date | undefined;
  readonly hasMfa: boolean;
  readonly keys: readonly KeyCredentials[];
  readonly hasCertificate: boolean;
}

/** An active access key. */
export interface KeyCredentials {
  readonly made: Date;
  readonly lastUsed?: Date | undefined;
}

/** Everything the checks look at. */
export interface AuditFacts {
  readonly roster: Roster;
  readonly now: Date;
  readonly accounts: readonly AccountFacts[];
  /** Of all that was read; unknown when a part is missing. */
  readonly proof: Known<Proof>;
  /** What everything in the accounts with a known inventory is taken for. */
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
