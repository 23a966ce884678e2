import type { StackJson } from "../support/synth";

export type Stacks = Readonly<Record<string, StackJson>>;
export type Json = Record<string, unknown>;
/** A stack, writable. */
export interface Draft {
  terraform: Json | readonly Json[] | null;
  provider: Record<string, Json[]>;
  resource: Record<string, Record<string, Json | null | readonly Json[]>>;
  [part: string]: unknown;
}

export type Edit = readonly [what: string, change: (draft: Draft) => void, hidden?: "hidden"];
