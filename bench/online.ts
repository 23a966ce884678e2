import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { findPython } from "../modules/sandbox/discover";
import { startSandbox } from "../modules/sandbox/sandbox";
import { compareText } from "../modules/text";
import { type CountingProxy, startCountingProxy } from "./counting-proxy";
import { generateRoster } from "./generate-roster";
import { type Bench, BenchError, median, run } from "./measure";

/** A plan that finds nothing to change. */
interface NoChangePlan {
  readonly people: number;
  readonly resources: number;
  readonly requests: number;
  readonly byAction: Readonly<Record<string, number>>;
  /** `rolecall plan`: synth, init and the plans of all stacks. */
  readonly wallMs: number;
}

export interface OnlineResult {
  readonly accounts: number;
  readonly teams: number;
  readonly plans: readonly NoChangePlan[];
  readonly perPerson: { readonly resources: number; readonly requests: number; readonly ms: number };
  readonly fixed: { readonly resources: number; readonly requests: number };
}

const PLANS = 3;

/** The peer was measured with these. */
const SHAPE = { accounts: 3, teams: 2, ownGrantEvery: 0 } as const;

/** Applies a roster of each size to a fresh sandbox, plans again, and splits the cost: fixed, and for a further person. */
export async function measurePlans(bench: Bench, few: number, many: number): Promise<OnlineResult> {
  const first = await noChangePlan(bench, few);
  const second = await noChangePlan(bench, many);
  const further = many - few;
  const resources = (second.resources - first.resources) / further;
  const requests = (second.requests - first.requests) / further;
  return {
    accounts: SHAPE.accounts,
    teams: SHAPE.teams,
    plans: [first, second],
    perPerson: { resources, requests, ms: (second.wallMs - first.wallMs) / further },
    fixed: { resources: first.resources - few * resources, requests: first.requests - few * requests },
  };
}

async function noChangePlan(bench: Bench, people: number): Promise<NoChangePlan> {
  const root = join(bench.scratch, `sandbox-${people}`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "roster.yaml"), generateRoster({ people, ...SHAPE }));
  // The emulator may be installed in the project's folder, and the sandbox looks in its own.
  const python = findPython(bench.home, bench.env);
  const env = { ...bench.env, ...(python.ok ? { ROLECALL_PYTHON: python.path } : {}) };
  bench.log(`${people} people x ${SHAPE.accounts} accounts: starting a sandbox`);
  const sandbox = await startSandbox({ root, env, log: bench.log });
  try {
    const proxy = await startCountingProxy(sandbox.url);
    try {
      return await applyAndPlan(bench, people, root, { ...sandbox.env, AWS_ENDPOINT_URL: proxy.url }, proxy);
    } finally {
      await proxy.stop();
    }
  } finally {
    await sandbox.stop();
  }
}

async function applyAndPlan(
  bench: Bench,
  people: number,
  root: string,
  env: NodeJS.ProcessEnv,
  proxy: CountingProxy,
): Promise<NoChangePlan> {
  const rolecall = async (expected: number, ...args: string[]) => {
    const ran = await run(process.execPath, [join(bench.home, "bin/rolecall.js"), ...args], { cwd: root, env });
    if (ran.code !== expected)
      throw new BenchError(`rolecall ${args.join(" ")} ended with ${ran.code}:\n${ran.stdout}${ran.stderr}`);
    return ran;
  };
  bench.log(`${people} people x ${SHAPE.accounts} accounts: applying`);
  await rolecall(0, "apply", "--auto-approve");
  bench.log(`${people} people x ${SHAPE.accounts} accounts: planning ${PLANS} times, nothing to change`);
  const walls: number[] = [];
  const counts: Readonly<Record<string, number>>[] = [];
  for (let round = 0; round < PLANS; round++) {
    proxy.take();
    walls.push((await rolecall(0, "plan")).ms);
    counts.push(Object.fromEntries([...proxy.take()].sort(([a], [b]) => compareText(a, b))));
  }
  const [byAction = {}, ...others] = counts;
  if (!others.every((other) => isDeepStrictEqual(other, byAction))) {
    throw new BenchError(`the same plan made other requests: ${JSON.stringify(counts)}`);
  }
  const requests = Object.values(byAction).reduce((sum, count) => sum + count, 0);
  return { people, resources: countResources(root), requests, byAction, wallMs: median(walls) };
}

/** Managed resources in all states of the sandbox. */
function countResources(root: string): number {
  const folder = join(root, ".rolecall/sandbox/state");
  const states = readdirSync(folder).filter((name) => name.endsWith(".tfstate"));
  return states
    .flatMap((name) => (JSON.parse(readFileSync(join(folder, name), "utf8")) as State).resources)
    .filter(({ mode }) => mode === "managed")
    .reduce((sum, { instances }) => sum + instances.length, 0);
}

interface State {
  readonly resources: readonly { readonly mode: string; readonly instances: readonly unknown[] }[];
}
