import { runSimulation } from "@cloud-copilot/iam-simulate";
import { prepare, type Request, type Verdict } from "../modules/evaluator/evaluate";
import { compilePolicy } from "../modules/evaluator/policy";
import { CASE_SETS, type CaseSet } from "./evaluator-cases";
import { renderTable } from "./table";

export interface EvaluatorResult {
  /** Different questions; both sides are asked the same ones and must agree on each. */
  readonly cases: number;
  readonly verdictsPerSecond: number;
  readonly oraclePerSecond: number;
}

const AIM_PER_SECOND = 1_000_000;
const AIM_FACTOR = 500;
const ROUNDS = 20;
const ROUND_MS = 50;
/** So many passes of the evaluator count as one: a look at the clock costs as much as several verdicts. */
const PASSES = 20;

/**
 * The evaluator and iam-simulate in turn, in one process; the fastest of twenty short rounds each, as the machine may be
 * busy with other work in most of them.
 */
export async function benchEvaluator(): Promise<EvaluatorResult> {
  const cases = CASE_SETS.flatMap((set) => set.requests.map((request) => ({ set, request })));
  const ask = CASE_SETS.flatMap((set) => {
    const verdict = prepared(set);
    return set.requests.map((request) => () => verdict(request));
  });
  for (const [at, { set, request }] of cases.entries()) {
    const [ours, theirs] = [ask[at]?.(), await simulate(set, request)];
    if (ours !== theirs) throw new Error(`${request.action} on ${request.resource}: ${ours}, iam-simulate: ${theirs}`);
  }
  const own: number[] = [];
  const oracle: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    own.push(await rate(cases.length * PASSES, async () => askAll(ask)));
    oracle.push(
      await rate(cases.length, async () => {
        for (const { set, request } of cases) await simulate(set, request);
      }),
    );
  }
  return { cases: cases.length, verdictsPerSecond: Math.max(...own), oraclePerSecond: Math.max(...oracle) };
}

export function renderEvaluator({ cases, verdictsPerSecond, oraclePerSecond }: EvaluatorResult): string {
  const factor = verdictsPerSecond / oraclePerSecond;
  const aim = (held: boolean): string => (held ? "held" : "missed");
  return renderTable(
    [`the evaluator, ${cases} cases`, "measured", "aim", ""],
    [
      [
        "verdicts per second",
        count(verdictsPerSecond),
        `>= ${count(AIM_PER_SECOND)}`,
        aim(verdictsPerSecond >= AIM_PER_SECOND),
      ],
      ["iam-simulate, the same cases, per second", count(oraclePerSecond), "", ""],
      ["times as fast", count(factor), `>= ${AIM_FACTOR}`, aim(factor >= AIM_FACTOR)],
    ],
  );
}

function prepared({ identity, boundary, resource, scps }: CaseSet): (request: Request) => Verdict {
  return prepare({
    identity: identity.map((document) => compilePolicy("identity", document)),
    ...(boundary ? { boundary: compilePolicy("boundary", boundary) } : {}),
    ...(resource ? { resource: compilePolicy("resource", resource) } : {}),
    ...(scps ? { scps: scps.map((level) => level.map((document) => compilePolicy("scp", document))) } : {}),
  });
}

const VERDICTS: Readonly<Record<string, Verdict>> = {
  Allowed: "allowed",
  ExplicitlyDenied: "explicitly denied",
  ImplicitlyDenied: "implicitly denied",
};

async function simulate(
  { identity, boundary, resource, scps = [] }: CaseSet,
  request: Request,
): Promise<Verdict | undefined> {
  const named = (policy: unknown) => ({ name: "policy", policy });
  const accountId = /:(\d{12}):/.exec(request.resource)?.[1] ?? /:(\d{12}):/.exec(request.principal.arn)?.[1] ?? "";
  const result = await runSimulation(
    {
      request: {
        principal: request.principal.arn,
        action: request.action,
        resource: { resource: request.resource, accountId },
        contextVariables: { ...request.context } as Record<string, string>,
      },
      identityPolicies: identity.map(named),
      serviceControlPolicies: scps.map((level, at) => ({ orgIdentifier: `level ${at}`, policies: level.map(named) })),
      resourceControlPolicies: [],
      ...(resource ? { resourcePolicy: resource } : {}),
      ...(boundary ? { permissionBoundaryPolicies: [named(boundary)] } : {}),
    },
    {},
  );
  if (result.resultType === "error") throw new Error(JSON.stringify(result.errors));
  return VERDICTS[result.overallResult];
}

function askAll(questions: readonly (() => Verdict)[]): void {
  for (let pass = 0; pass < PASSES; pass++) for (const question of questions) question();
}

/** Questions per second, of one pass repeated for the length of a round. */
async function rate(questions: number, pass: () => Promise<void>): Promise<number> {
  const began = performance.now();
  let passes = 0;
  do {
    await pass();
    passes++;
  } while (performance.now() - began < ROUND_MS);
  return (passes * questions * 1000) / (performance.now() - began);
}

function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
}

/** By itself: `node bin/run.js bench/evaluator.ts`. */
if (process.argv[1]?.endsWith("bench/evaluator.ts")) {
  benchEvaluator().then((result) => void process.stdout.write(renderEvaluator(result)));
}
