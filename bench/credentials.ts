import { join } from "node:path";
import { startFakeSts } from "../test/support/fake-sts";
import { type Bench, inTurn, median, runNode } from "./measure";

export interface CredentialsResult {
  readonly nodeMs: number;
  /** From what is kept: no network, no code. */
  readonly keptMs: number;
  /** An empty Node process plus 100 ms. */
  readonly aimMs: number;
}

const ROUNDS = 11;

/** `rolecall credentials` with keys that are kept, against an empty Node process, in turn: every call of a client waits for it. */
export async function measureCredentials(bench: Bench): Promise<CredentialsResult> {
  bench.log("rolecall credentials from what is kept against an empty Node process");
  const sts = await startFakeSts();
  const env = {
    HOME: bench.scratch,
    XDG_CACHE_HOME: join(bench.scratch, "cache"),
    AWS_ACCESS_KEY_ID: "AKIABENCH",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_SESSION_TOKEN: undefined,
    AWS_ENDPOINT_URL: sts.url,
    ROLECALL_ROSTER: join(bench.home, "roster.yaml"),
    ROLECALL_PERSON: "dev.one@example.org",
    ROLECALL_MFA_PROCESS: "echo 111111",
  };
  try {
    const [empty = [], kept = []] = await inTurn(ROUNDS, [
      () => runNode(bench, ["-e", "0"]),
      () => runNode(bench, [join(bench.home, "bin/rolecall.js"), "credentials", "testing-operator"], env),
    ]);
    const nodeMs = median(empty.map(({ ms }) => ms));
    return { nodeMs, keptMs: median(kept.map(({ ms }) => ms)), aimMs: nodeMs + 100 };
  } finally {
    await sts.stop();
  }
}
