import type { Facts } from "./facts";
import type { Layer } from "./layer";
import { isTrustPolicy } from "./trust";

/** Where a document stands, as far as AWS takes other documents there. */
export type Place = Layer | "trust";

/** The first part of a document that AWS refuses. */
export interface Refused {
  /** Position in the document, from 0. */
  readonly statement?: number;
  readonly sid?: string;
  readonly why: string;
}

/** Why AWS refuses a whole document, by the place where it would stand; nothing where it takes it. */
export type Refusals = ReadonlyMap<Place, Refused>;

export function placeOf(facts: Facts, layer: Layer): Place {
  return isTrustPolicy(facts, layer) ? "trust" : layer;
}
