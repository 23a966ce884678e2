import type { Journal } from "./journal";
import type { AccessKey } from "./key";

/** What a rotation does next. Only what follows from AWS, the file and the journal; nothing is kept in memory. */
export type RotationStep =
  | { readonly kind: "create" }
  /** The new key of a run that ended before the file had it: its secret is lost. */
  | { readonly kind: "discard"; readonly id: string }
  | { readonly kind: "deactivate"; readonly id: string }
  | { readonly kind: "delete"; readonly id: string }
  | { readonly kind: "done" }
  /** A second key that no journal names. */
  | { readonly kind: "second-key"; readonly other: AccessKey }
  /** AWS does not list yet what it answered a moment ago. */
  | { readonly kind: "wait" }
  | { readonly kind: "stuck"; readonly reason: string };

export interface RotationState {
  readonly keys: readonly AccessKey[];
  /** Id of the key in the file. */
  readonly inFile: string;
  readonly journal: Journal | undefined;
}

/**
 * Law: whatever happened before, the key in the file is never deactivated, discarded or deleted, and no other key is touched
 * unless the journal names it or the person says so.
 */
export function nextStep({ keys, inFile, journal }: RotationState): RotationStep {
  const [other] = keys.filter(({ id }) => id !== inFile);
  if (!keys.some(({ id, active }) => id === inFile && active))
    return journal?.next === inFile
      ? { kind: "wait" }
      : { kind: "stuck", reason: `the key ${inFile} in the file is not an active key of this user` };
  if (journal?.next === inFile) return afterSwitch(keys, journal.old);
  if (other === undefined) return { kind: "create" };
  const isOurs = journal?.old === inFile && journal.next === other.id;
  return isOurs ? { kind: "discard", id: other.id } : { kind: "second-key", other };
}

function afterSwitch(keys: readonly AccessKey[], old: string): RotationStep {
  const left = keys.find(({ id }) => id === old);
  if (left === undefined) return { kind: "done" };
  return { kind: left.active ? "deactivate" : "delete", id: old };
}
