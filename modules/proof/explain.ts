import type { Verdict } from "./decide";
import type { Facts } from "./facts";
import type { CompiledPolicy } from "./policy";
import type { Policies } from "./policies";
import { type Layer, matchStatement, type Statement } from "./statement";
import { UNKNOWN, YES } from "./truth";

export interface Deciding {
  readonly policy: string;
  readonly layer: Layer;
  /** Position in the document, from 0. */
  readonly statement?: number;
  readonly sid?: string;
  readonly why: string;
}

export function explain(verdict: Verdict, facts: Facts, policies: Policies): readonly Deciding[] {
  void verdict;
  void UNKNOWN;
  void YES;
  void matchStatement;
  void facts;
  void policies;
  return [];
}
export type X = CompiledPolicy | Statement;
