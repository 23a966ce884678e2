import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type BareStack, bareValues, readStacks } from "./bare-values";
import type { CompileTimes } from "./compile-step";
import { generateRoster, type RosterSize } from "./generate-roster";
import { type Bench, BenchError, inTurn, median, type NodeRun, runNode } from "./measure";

/** Wall and processor time and peak memory of a whole process. */
interface Cost {
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMib: number;
}

export interface OfflineResult {
  readonly people: number;
  readonly accounts: number;
  readonly resources: number;
  readonly check: Cost;
  /** A process that parses and compiles; the two steps by themselves are below. */
  readonly compile: Cost & CompileTimes;
  readonly synth: Cost;
  readonly bare: Cost;
  /** Synth over bare, the middle one of the pairs. */
  readonly ratio: number;
  readonly ratios: readonly number[];
  /** The same of processor time, which a busy machine disturbs less. */
  readonly cpuRatio: number;
}

const ROUNDS = 5;

/** Measures check, compile, synth and the bare app for one size, in turn. Throws when the bare app emits something else. */
export async function measureSize(bench: Bench, size: RosterSize): Promise<OfflineResult> {
  bench.log(
    `${size.people} people x ${size.accounts} accounts: check, compile, synth and the bare app, ${ROUNDS} times each`,
  );
  const roster = join(bench.scratch, `${size.people}x${size.accounts}.yaml`);
  writeFileSync(roster, generateRoster(size));
  const stacks = await synthOnce(bench, roster);
  const synth = { ROLECALL_ROSTER: roster, CDKTF_OUTDIR: folder(bench, "synth") };
  const bare = { ROLECALL_BARE_VALUES: join(bench.scratch, "bare.json"), CDKTF_OUTDIR: folder(bench, "bare") };
  const values = bareValues(stacks);
  writeFileSync(bare.ROLECALL_BARE_VALUES, JSON.stringify(values));
  const start = (entry: string, env: NodeJS.ProcessEnv) => () =>
    runNode(bench, [join(bench.home, "bin/run.js"), entry], env);
  const [checks = [], compiles = [], synths = [], bares = []] = await inTurn(ROUNDS, [
    () => runNode(bench, [join(bench.home, "bin/rolecall.js"), "check", "--roster", roster]),
    start("bench/compile-step.ts", { ROLECALL_ROSTER: roster }),
    start("main.ts", synth),
    start("bench/bare-app.ts", bare),
  ]);
  expectEqual(stacks, readStacks(bare.CDKTF_OUTDIR));
  const ratioOf = (what: "ms" | "cpuMs") =>
    synths.map((run, round) => run[what] / (bares[round]?.[what] ?? Number.NaN));
  const ratios = ratioOf("ms");
  return {
    people: size.people,
    accounts: size.accounts,
    resources: countResources(values),
    check: cost(checks),
    compile: { ...cost(compiles), ...compileTimes(compiles) },
    synth: cost(synths),
    bare: cost(bares),
    ratio: median(ratios),
    ratios,
    cpuRatio: median(ratioOf("cpuMs")),
  };
}

/** An empty folder in the scratch folder. */
function folder(bench: Bench, name: string): string {
  const path = join(bench.scratch, name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

async function synthOnce(bench: Bench, roster: string): Promise<ReadonlyMap<string, unknown>> {
  const outdir = folder(bench, "synth");
  await runNode(bench, [join(bench.home, "bin/run.js"), "main.ts"], { ROLECALL_ROSTER: roster, CDKTF_OUTDIR: outdir });
  return readStacks(outdir);
}

function expectEqual(ours: ReadonlyMap<string, unknown>, bare: ReadonlyMap<string, unknown>): void {
  if (!isDeepStrictEqual([...ours.keys()], [...bare.keys()])) throw new BenchError("the bare app has other stacks");
  for (const [key, json] of ours) {
    if (!isDeepStrictEqual(json, bare.get(key)))
      throw new BenchError(`the bare app's stack ${key} is not equal to ours`);
  }
}

function countResources(values: readonly BareStack[]): number {
  return values.reduce((sum, { resources }) => sum + resources.length, 0);
}

function cost(runs: readonly NodeRun[]): Cost {
  const middle = (what: keyof Cost) => median(runs.map((run) => run[what]));
  return { ms: middle("ms"), cpuMs: middle("cpuMs"), peakMib: middle("peakMib") };
}

function compileTimes(runs: readonly NodeRun[]): CompileTimes {
  const times = runs.map(({ stdout }) => JSON.parse(stdout) as CompileTimes);
  return {
    parseMs: median(times.map(({ parseMs }) => parseMs)),
    compileMs: median(times.map(({ compileMs }) => compileMs)),
  };
}

export interface StartResult {
  readonly nodeMs: number;
  readonly checkMs: number;
  /** Twice an empty Node process, plus 150 ms. */
  readonly aimMs: number;
}

/** `rolecall check` of the example against an empty Node process, in turn. */
export async function measureStart(bench: Bench): Promise<StartResult> {
  bench.log("rolecall check on the example against an empty Node process");
  const [empty = [], checks = []] = await inTurn(ROUNDS * 2 + 1, [
    () => runNode(bench, ["-e", "0"]),
    () => runNode(bench, [join(bench.home, "bin/rolecall.js"), "check"]),
  ]);
  const nodeMs = median(empty.map(({ ms }) => ms));
  return { nodeMs, checkMs: median(checks.map(({ ms }) => ms)), aimMs: 2 * nodeMs + 150 };
}
