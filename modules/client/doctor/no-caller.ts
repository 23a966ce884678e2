import type { CallerAnswer, NoCaller } from "./facts";

const SAID: Readonly<Record<NoCaller, readonly [why: string, cure: string]>> = {
  "no-keys": ["there are no credentials", "correct the credentials first"],
  "unclear-keys": ["it is not clear which keys count", "correct the credentials first"],
  refused: ["AWS refuses the keys", "correct the credentials first"],
  "no-answer": ["AWS did not say who owns these keys", "run rolecall doctor again when AWS answers"],
};

/** For what cannot be looked at without knowing whose keys are used; `undefined` when that is known. */
export function withoutCaller(caller: CallerAnswer): { readonly why: string; readonly cure: string } | undefined {
  if (caller.known) return undefined;
  const [why, cure] = SAID[caller.because];
  return { why, cure };
}
