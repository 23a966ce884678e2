import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** One run of a program, from start to exit. */
interface Run {
  readonly ms: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** One run of a Node program, with its own peak memory and processor time. */
export interface NodeRun extends Run {
  readonly peakMib: number;
  readonly cpuMs: number;
}

interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Where children are started and where they may write. */
export interface Bench {
  /** Rolecall's own folder. */
  readonly home: string;
  /** A git-ignored folder, emptied at each start. */
  readonly scratch: string;
  readonly env: NodeJS.ProcessEnv;
  /** Progress, to standard error. */
  readonly log: (line: string) => void;
}

/** Thrown when nothing could be measured; its message says what the program said. */
export class BenchError extends Error {}

/** Runs a program to its end. */
export function run(command: string, args: readonly string[], { cwd, env }: RunOptions): Promise<Run> {
  return new Promise((done, fail) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const began = performance.now();
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", fail);
    child.on("close", (code) => {
      const ms = performance.now() - began;
      done({ ms, code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
  });
}

/** Runs a Node program that must end with 0. */
export async function runNode(bench: Bench, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<NodeRun> {
  const usage = join(bench.scratch, "usage");
  rmSync(usage, { force: true });
  const preload = ["--require", join(bench.home, "bench/report-usage.js")];
  const options = { cwd: bench.home, env: { ...bench.env, ...env, ROLECALL_USAGE: usage } };
  const ran = await run(process.execPath, [...preload, ...args], options);
  if (ran.code !== 0)
    throw new BenchError(`node ${args.join(" ")} ended with ${ran.code}:\n${ran.stdout}${ran.stderr}`);
  const [peakKib, cpuMicros] = readFileSync(usage, "utf8").split(" ").map(Number);
  return { ...ran, peakMib: (peakKib ?? Number.NaN) / 1024, cpuMs: (cpuMicros ?? Number.NaN) / 1000 };
}

/** The middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** Repeats all `works` in turn, so that a slow moment of the machine meets each of them; the first round is not counted. */
export async function inTurn<T>(
  times: number,
  works: readonly (() => Promise<T>)[],
): Promise<readonly (readonly T[])[]> {
  for (const work of works) await work();
  const results: T[][] = works.map(() => []);
  for (let round = 0; round < times; round++) {
    for (const [index, work] of works.entries()) results[index]?.push(await work());
  }
  return results;
}
