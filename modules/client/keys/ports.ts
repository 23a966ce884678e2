import type { Journal } from "./journal";
import type { AccessKey, KeyPair } from "./key";

/** Access keys of one IAM user, in IAM. */
export interface KeysPort {
  readonly list: () => Promise<readonly AccessKey[]>;
  readonly create: () => Promise<KeyPair>;
  readonly deactivate: (id: string) => Promise<void>;
  /** A key that is gone is not an error. */
  readonly remove: (id: string) => Promise<void>;
  /** True when AWS takes the pair as this user's; false while it does not know it. */
  readonly works: (pair: KeyPair) => Promise<boolean>;
}

/** The pair in one profile of the credentials file. */
export interface FilePort {
  /** Throws with place and cure when there is no plain pair. */
  readonly read: () => KeyPair;
  /** Puts `next` in the place of `before`; throws, and leaves the file as it was, when `before` is not there. */
  readonly replace: (before: KeyPair, next: KeyPair) => void;
}

/** What is remembered of an unfinished rotation. */
export interface JournalPort {
  readonly read: () => Journal | undefined;
  readonly write: (journal: Journal) => void;
  readonly clear: () => void;
}
