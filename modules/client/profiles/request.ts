import type { Profile } from "./profile";

/** What a style is made of. */
export interface StyleRequest {
  /** IAM user name, which is the name of sessions too: the roles' trust demands it. */
  readonly person: string;
  readonly userAccountId: string;
  /** Region of profiles without an account of their own. */
  readonly region: string;
  readonly profiles: readonly Profile[];
  /** Before every name that is generated. */
  readonly prefix: string;
  /** Profile of the person's own keys; each style has its own default. */
  readonly sourceProfile?: string | undefined;
  /** Serial of the device that gives codes; empty only where the style does without. */
  readonly mfaSerial: string;
  /** Words that run Rolecall here, such as `["/usr/bin/node", "/opt/rolecall/bin/rolecall.js"]`. */
  readonly invocation: readonly string[];
  /** Absolute path of the roster. */
  readonly rosterPath: string;
}

/** A text for a person, with what they must know to use it. */
export interface Styled<T> {
  readonly made: T;
  /** Sentences: a first step, or where the style does not fit. */
  readonly notes: readonly string[];
}
