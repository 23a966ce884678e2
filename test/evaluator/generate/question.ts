import fc from "fast-check";
import type { Principal, Request } from "../../../modules/evaluator/evaluate";
import { contextOf } from "./conditions";
import { documentOf, FULL, type Json } from "./documents";
import { isIdentity, type Place, PLACES, PRINCIPALS } from "./places";

/** A question to both evaluators, in plain IAM JSON. */
export interface Question {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly context: NonNullable<Request["context"]>;
  readonly identity: readonly Json[];
  readonly boundary?: Json;
  readonly session?: Json;
  readonly policy?: Json;
  readonly scps?: readonly (readonly Json[])[];
  readonly rcps?: readonly (readonly Json[])[];
}

/** One in `odds` questions has this policy. */
function sometimes<T>(odds: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: odds - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
}

function questionFor(principal: Principal, where: Place): fc.Arbitrary<Question> {
  const own = documentOf(principal, where, "identity");
  const limit = fc.oneof(fc.constant(FULL), own);
  const level = fc.array(fc.oneof(fc.constant(FULL), documentOf(principal, where, "scp", 2)), {
    minLength: 1,
    maxLength: 2,
  });
  const rcps = fc.array(documentOf(principal, where, "rcp", 1), { maxLength: 1 });
  const has = isIdentity(principal);
  return fc
    .record({
      context: contextOf(principal, where),
      identity: fc.array(own, { maxLength: has ? 2 : 0 }),
      boundary: has ? sometimes(4, limit) : fc.constant(undefined),
      session: principal.kind === "role-session" ? sometimes(3, limit) : fc.constant(undefined),
      policy: where.hasPolicy
        ? fc.option(documentOf(principal, where, "resource"), { nil: undefined, freq: 6 })
        : fc.constant(undefined),
      scps: has ? sometimes(5, fc.array(level, { minLength: 1, maxLength: 2 })) : fc.constant(undefined),
      rcps: sometimes(6, fc.array(rcps, { minLength: 1, maxLength: 2 })),
    })
    .map(({ boundary, session, policy, scps, rcps: rcpLevels, ...rest }) => ({
      principal,
      action: where.action,
      resource: where.resource,
      resourceAccount: where.account,
      ...rest,
      ...(boundary ? { boundary } : {}),
      ...(session ? { session } : {}),
      ...(policy ? { policy } : {}),
      ...(scps ? { scps } : {}),
      ...(rcpLevels ? { rcps: rcpLevels } : {}),
    }));
}

export const question: fc.Arbitrary<Question> = fc
  .tuple(fc.constantFrom(...PRINCIPALS), fc.constantFrom(...PLACES))
  .chain(([principal, where]) => questionFor(principal, where));
