import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateRoster } from "./generate-roster";
import { type Bench, inTurn, median, runNode } from "./measure";

export interface ProofResult {
  readonly what: string;
  readonly ms: number;
  readonly peakMib: number;
  readonly aimMs: number;
  readonly aimMib: number;
}

const ROUNDS = 3;

/** `rolecall prove`, whole processes with the synth they start, on the example and on 1,000 people x 40 accounts; both must hold. */
export async function measureProof(bench: Bench): Promise<readonly ProofResult[]> {
  bench.log("rolecall prove on the example and on 1000 people x 40 accounts");
  const large = join(bench.scratch, "prove-1000x40.yaml");
  writeFileSync(large, generateRoster({ people: 1000, accounts: 40 }));
  const prove =
    (...roster: string[]) =>
    () =>
      runNode(bench, [join(bench.home, "bin/rolecall.js"), "prove", ...roster]);
  const [example = [], big = []] = await inTurn(ROUNDS, [prove(), prove("--roster", large)]);
  const result = (what: string, runs: typeof example, aimMs: number) => ({
    what,
    ms: median(runs.map(({ ms }) => ms)),
    peakMib: median(runs.map(({ peakMib }) => peakMib)),
    aimMs,
    aimMib: 500,
  });
  return [result("the example", example, 1_000), result("1000 x 40", big, 5_000)];
}
