import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { HOME } from "../support/run-command";

const FOLDER = join(HOME, ".github/workflows");
const FILES = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), "utf8")] as const);

interface Job {
  readonly needs?: string | readonly string[];
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly uses?: string;
  readonly if?: unknown;
  readonly steps?: readonly { readonly id?: string; readonly if?: unknown }[];
}
interface Workflow {
  readonly on: { readonly workflow_call?: { readonly outputs?: Readonly<Record<string, unknown>> } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What GitHub's own parser passes over: steps, jobs and outputs that are not there are empty text when the workflow runs. */
function danglingReferences(text: string): readonly string[] {
  const { jobs } = parse(text, { logLevel: "error" }) as Workflow;
  return Object.entries(jobs).flatMap(([name, job]) => {
    const said = JSON.stringify(job);
    const ids = (job.steps ?? []).map(({ id }) => id);
    const needs = [job.needs ?? []].flat();
    const conditions = [job.if, ...(job.steps ?? []).map((step) => step.if)];
    return [
      ...[...said.matchAll(/\bsteps\.([\w-]+)/g)].flatMap(([, id]) =>
        ids.includes(id) ? [] : [`${name}: step ${id}`],
      ),
      ...[...said.matchAll(/\bneeds\.([\w-]+)(?:\.outputs\.([\w-]+))?/g)].flatMap(([, other = "", output]) => {
        const needed = jobs[other];
        if (!needs.includes(other) || needed === undefined) return [`${name}: job ${other}`];
        return output === undefined || output in outputsOf(needed) ? [] : [`${name}: output ${output} of ${other}`];
      }),
      // `if: !cancelled()` without ${{ }} is a tag of YAML and an empty condition, which holds.
      ...conditions.flatMap((each) =>
        each === undefined || /^\$\{\{/.test(String(each)) ? [] : [`${name}: if ${each}`],
      ),
    ];
  });
}

function outputsOf({ outputs = {}, uses }: Job): object {
  if (uses === undefined) return outputs;
  return (parse(readFileSync(join(HOME, uses), "utf8")) as Workflow).on.workflow_call?.outputs ?? {};
}

test.each(FILES)("%s names only steps, jobs and outputs that are there", (_name, text) => {
  expect(danglingReferences(text)).toEqual([]);
});

test.each([
  ["plan.yml", "id: plan", "id: plans", "plan: step plan"],
  ["review-comment.yml", "id: synth", "id: synths", "review: step synth"],
  ["pull-request.yml", "id: synth", "id: synths", "review: step synth"],
  ["apply.yml", "    needs: plan\n", "", "apply: job plan"],
  ["apply.yml", "needs.plan.outputs.changes", "needs.plan.outputs.change", "apply: output change of plan"],
  ["review-comment.yml", "number: ${{", "numbers: ${{", "comment: output number of review"],
  ["pull-request.yml", "if: ${{ !cancelled() }}", "if: !cancelled()", "review: if "],
] as const)("a planted fault is found: %s, %s becomes %j", (name, from, to, found) => {
  const text = readFileSync(join(FOLDER, name), "utf8");
  const broken = text.replace(from, () => to);
  expect(broken).not.toBe(text);
  expect(danglingReferences(broken)).toContain(found);
});
