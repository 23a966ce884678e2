import type { AccessKey } from "./key";
import type { FilePort, JournalPort, KeysPort } from "./ports";

/** Everything a rotation reaches, and may ask. */
export interface Rotation {
  readonly keys: KeysPort;
  readonly file: FilePort;
  readonly journal: JournalPort;
  /** Where `file` reads and writes, for the journal and for messages. */
  readonly place: { readonly file: string; readonly profile: string };
  readonly say: (line: string) => void;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** True once somebody asked to stop: no new step begins then. */
  readonly stopped: () => boolean;
  /** Whether the old key, which is inactive by now, goes for good. */
  readonly mayDelete: (old: AccessKey) => Promise<boolean>;
  /** Whether a second key that is not in the file may go, to make room. */
  readonly mayDeleteUnused: (other: AccessKey) => Promise<boolean>;
}

export type Rotated =
  | { readonly kind: "done"; readonly now: string }
  /** The new key is in use; the old one is inactive and still exists. */
  | { readonly kind: "old-kept"; readonly now: string; readonly old: string }
  | { readonly kind: "not-done"; readonly reason: string };

export function notDone(reason: string): Rotated {
  return { kind: "not-done", reason };
}
