import type { PersonRole } from "../person-roles";

/** What opens AWS for a while. All of it but `expiration` is secret. */
export interface TemporaryKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Last instant, as AWS said it (ISO 8601 UTC). */
  readonly expiration: string;
}

/** Keys, with their remaining life by AWS's own clock: this machine's may be wrong. */
export interface Granted {
  readonly keys: TemporaryKeys;
  readonly livesMs: number;
}

/** The calls a session takes. Errors thrown are sentences with a cure. */
export interface StsPort {
  /** A session with MFA from the person's own keys; `wrong-code` also for one that was used already. */
  readonly startSession: (serial: string, code: string, seconds: number) => Promise<Granted | "wrong-code">;
  /** `ended` when AWS no longer takes the session; `refused` with AWS's words when it does not give the role. */
  readonly takeRole: (
    session: TemporaryKeys,
    roleArn: string,
    name: string,
  ) => Promise<Granted | "ended" | SessionRefused>;
}

export interface SessionRefused {
  readonly refused: string;
}

/** Small files that only this person can read. Absent, corrupt and hostile ones read as `undefined`. */
export interface StorePort {
  readonly read: (name: string) => unknown;
  readonly write: (name: string, value: unknown) => void;
  readonly remove: (name: string) => void;
  /** Runs the work while no other process holds the name. */
  readonly locked: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

/** Where codes come from. */
export interface CodesPort {
  /** One code of this device; `undefined` when the person stops. `again` says why AWS did not take the last one. */
  readonly next: (serial: string, again: string | undefined) => Promise<string | undefined>;
  /** How often `next` may be asked for one session. */
  readonly tries: number;
}

export interface SessionPorts {
  readonly sts: () => Promise<StsPort>;
  readonly store: StorePort;
  readonly codes: () => Promise<CodesPort>;
  /** Serial of the device that gives codes. Throws with the cure when there is none. */
  readonly serial: () => Promise<string>;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/** Whose keys, for which role. */
export interface WantedSession {
  readonly role: PersonRole;
  /** All roles of the person: they say how long a session is of use. */
  readonly roles: readonly PersonRole[];
  readonly person: string;
  /** Identifies the person's own keys and the place they are used at; nobody learns the keys from it. */
  readonly identity: string;
}
