import { App } from "cdktf";
import type { AccessPlan } from "../modules/access/plan";
import { Refusal } from "../modules/refusal";
import type { Backend } from "../modules/roster/roster";
import { AccessStack } from "./access-stack";
import { preflight } from "./preflight";

/**
 * An app without cdktf's own validations: those start `terraform version` for each cloud backend. `preflight` takes their
 * place, before anything is written.
 * @param outdir @default cdktf's: CDKTF_OUTDIR, else cdktf.out
 */
export function createApp(outdir?: string): App {
  return new App({ skipValidation: true, ...(outdir === undefined ? {} : { outdir }) });
}

/** What a synth may say differently from the roster. */
export interface SynthDifferences {
  readonly backend?: Backend;
  readonly maxRetries?: number;
}

/** A stack for each of the access plan. */
export function addStacks(app: App, { stacks, backend }: AccessPlan, differences: SynthDifferences = {}): void {
  for (const plan of stacks) new AccessStack(app, plan.key, { plan, backend, ...differences });
}

/** Writes the stacks of the app. Throws a `Refusal`, and writes nothing, where preflight finds a breach. */
export function synthesize(app: App): void {
  const breaches = preflight(app);
  if (breaches.length > 0) throw new Refusal(breaches.map((breach) => `preflight: ${breach}`));
  app.synth();
}
