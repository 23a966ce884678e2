import { mkdirSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { createContext } from "../modules/machine/create-context";
import { Refusal } from "../modules/refusal";
import { quote } from "../modules/text";
import { measureCredentials } from "./credentials";
import { benchEvaluator } from "./evaluator";
import { type Bench, BenchError } from "./measure";
import { measureSize, measureStart, type OfflineResult } from "./offline";
import { measurePlans } from "./online";
import { measurePicture } from "./picture";
import { measureProof } from "./proof";
import { renderResults, type Results } from "./report";
import { measureReview } from "./review";

const USAGE = `usage: npm run bench -- [--quick] [--no-sandbox] [--json]
  --quick       10 people x 3 accounts only; the plans are measured for 10 and 20 people
  --no-sandbox  without the plans
  --json        results as JSON
`;
const FLAGS = ["--quick", "--no-sandbox", "--json"];
const SIZES = [
  { people: 10, accounts: 3 },
  { people: 100, accounts: 12 },
  { people: 1000, accounts: 40 },
];

const context = createContext(process);

/** Exit 0 when everything was measured, whether or not an aim was held; 2 when something could not be. */
async function main(flags: readonly string[]): Promise<number> {
  const stranger = flags.find((flag) => !FLAGS.includes(flag));
  if (stranger !== undefined) {
    context.stderr(`unknown argument ${quote(stranger)}\n${USAGE}`);
    return 2;
  }
  const results = await measure(flags.includes("--quick"), !flags.includes("--no-sandbox"));
  const json = flags.includes("--json");
  context.stdout(
    json ? `${JSON.stringify({ schemaVersion: 1, command: "bench", ...results })}\n` : renderResults(results),
  );
  return 0;
}

async function measure(quick: boolean, sandbox: boolean): Promise<Results> {
  const scratch = join(context.home, ".rolecall/bench");
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const env = { ...context.env, CHECKPOINT_DISABLE: "1", ROLECALL_SANDBOX: "", ROLECALL_ROSTER: undefined };
  const bench: Bench = { home: context.home, scratch, env, log: (line) => context.stderr(`bench: ${line}\n`) };
  const sizes: OfflineResult[] = [];
  for (const size of quick ? SIZES.slice(0, 1) : SIZES) sizes.push(await measureSize(bench, size));
  const start = await measureStart(bench);
  const credentials = await measureCredentials(bench);
  bench.log("the evaluator against iam-simulate");
  const evaluator = await benchEvaluator();
  const proofs = await measureProof(bench);
  const review = await measureReview(bench);
  const picture = await measurePicture(bench);
  const plans = sandbox ? await measurePlans(bench, 10, quick ? 20 : 100) : undefined;
  rmSync(scratch, { recursive: true, force: true });
  const processors = cpus();
  return {
    node: process.versions.node,
    cpus: `${processors.length} x ${processors[0]?.model.trim() ?? "unknown processor"}`,
    sizes,
    start,
    credentials,
    evaluator,
    proofs,
    review,
    ...(picture ? { picture } : {}),
    ...(plans ? { plans } : {}),
  };
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof BenchError || error instanceof Refusal;
    const reason = error instanceof Error ? error.message : String(error);
    context.stderr(known ? `bench: ${reason}\n` : `bench failed: ${reason}\n`);
    process.exitCode = 2;
  },
);
