import type { CallerAnswer, NoCaller } from "./facts";

const SAID: Readonly<Record<NoCaller, readonly [why: string, cure: string]>> = {
  "no-keys": ["there are no credentials", "put the credentials right first"],
  "unclear-keys": ["it is not clear which keys count", "put the credentials right first"],
  refused: ["AWS refuses the keys", "put the credentials right first"],
  "no-answer": ["AWS did not say whose keys these are", "run rolecall doctor again when AWS answers"],
};

/** For what cannot be looked at without knowing whose keys are used; `undefined` when that is known. */
export function withoutCaller(caller: CallerAnswer): { readonly why: string; readonly cure: string } | undefined {
  if (caller.known) return undefined;
  const [why, cure] = SAID[caller.because];
  return { why, cure };
}
