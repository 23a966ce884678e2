import { parse } from "yaml";

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly "working-directory"?: string;
  readonly "continue-on-error"?: boolean;
}

/**
 * A workflow as lines: everything that decides what runs where, when and with which rights, without comments, timeouts and the commits
 * actions are pinned by. A key this does not know is in the lines as it stands, so that nothing gets in unseen.
 */
export function reduceWorkflow(text: string): readonly string[] {
  const { name: _name, jobs, ...rest } = parse(text) as { name: string; jobs: Record<string, Record<string, unknown>> };
  const lines = Object.entries(rest).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  for (const [job, { steps = [], "timeout-minutes": _minutes, ...more }] of Object.entries(jobs)) {
    lines.push(`job ${job}`, ...Object.entries(more).map(([key, value]) => `  ${key} ${JSON.stringify(value)}`));
    lines.push(...(steps as readonly Step[]).map((step) => `  - ${reduceStep(step)}`));
  }
  return lines;
}

function reduceStep({ uses, run, "working-directory": at, "continue-on-error": goesOn, ...rest }: Step): string {
  const { id, if: condition, with: given, env, ...unknown } = rest;
  const action = uses?.replace(/@[0-9a-f]{40}$/, "");
  return [
    action === undefined ? `run ${run}` : `uses ${action}`,
    ...(at === undefined ? [] : [`in ${at}`]),
    ...(id === undefined ? [] : [`as ${id}`]),
    ...(condition === undefined ? [] : [`if ${condition}`]),
    ...(goesOn === undefined ? [] : [`continue-on-error ${goesOn}`]),
    ...Object.entries({ ...given, ...env, ...unknown }).map(([key, value]) => `${key}=${JSON.stringify(value)}`),
  ].join("; ");
}
