import type { RequestFacts } from "./facts";
import type { Layer } from "./layer";
import { isTrustPolicy } from "./trust";

/** Where a document is used, as far as AWS accepts other documents there. */
export type PolicyPlace = Layer | "trust";

/** The first part of a document that AWS refuses. */
export interface RefusedPart {
  /** Position in the document, from 0. */
  readonly statement?: number;
  readonly sid?: string;
  readonly why: string;
}

/** Why AWS refuses a whole document, by the place where it would be used; nothing where AWS accepts it. */
export type Refusals = ReadonlyMap<PolicyPlace, RefusedPart>;

export function policyPlaceOf(facts: RequestFacts, layer: Layer): PolicyPlace {
  return isTrustPolicy(facts, layer) ? "trust" : layer;
}
