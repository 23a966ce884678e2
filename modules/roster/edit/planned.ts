import type { Plain } from "./plain";
import type { EditStep } from "./steps";

/** The steps in one file, or why there are none. `nothing` is not a mistake: the roster says it already. */
export type Planned =
  | {
      readonly kind: "steps";
      readonly file: number;
      readonly steps: readonly EditStep[];
      readonly notes: readonly string[];
    }
  | { readonly kind: "nothing" | "refused"; readonly reason: string };

/** A file's root mapping. */
export type PlainFile = Readonly<Record<string, Plain>>;

/** The steps within one person. */
export type OfPerson =
  | { readonly steps: readonly EditStep[]; readonly notes?: readonly string[] }
  | { readonly kind: "nothing" | "refused"; readonly reason: string };

export function refused(reason: string): { readonly kind: "refused"; readonly reason: string } {
  return { kind: "refused", reason };
}

export function noChange(reason: string): { readonly kind: "nothing"; readonly reason: string } {
  return { kind: "nothing", reason };
}
