import { compileAccess } from "../../modules/access/compile";
import type { AccessPlan } from "../../modules/access/plan";
import { addStacks, createApp } from "../../stacks/synthesize";
import type { Roster } from "../../modules/roster/roster";
import { AccessStack } from "../../stacks/access-stack";
import type { App } from "cdktf";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const NOW = new Date("2026-11-22T12:00:00Z");

/** The plan, or a failing test with its findings. */
export function compiled(roster: Roster, now = NOW): AccessPlan {
  const plan = compileAccess(roster, now);
  if (!plan.ok) throw new Error(JSON.stringify(plan.findings));
  return plan.value;
}

/** The app main.ts would synthesize; it writes nothing until asked to. */
export function appOf(plan: AccessPlan, outdir = mkdtempSync(join(tmpdir(), "rolecall-synth-"))): App {
  const app = createApp(outdir);
  addStacks(app, plan);
  return app;
}

export interface StackJson {
  readonly terraform: Record<string, unknown>;
  readonly provider: { readonly aws: readonly Record<string, unknown>[] };
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
}

/** Each stack's Terraform JSON by name, as it would be written. */
export function synthesized(roster: Roster): Record<string, StackJson> {
  const app = appOf(compiled(roster));
  return Object.fromEntries(
    app.node.children
      .filter((node) => AccessStack.isStack(node))
      .map((stack) => [stack.node.id, stack.toTerraform() as StackJson]),
  );
}

/** Stacks as the text that would be written. */
export function stackTexts(
  stacks: Readonly<Record<string, unknown>>,
): readonly { readonly where: string; readonly text: string }[] {
  return Object.entries(stacks).map(([where, stack]) => ({ where, text: JSON.stringify(stack) }));
}
