import { answer } from "./modules/cli/answer";
import { expectAccessPlan } from "./modules/cli/stacks/access-plan";
import { copyProviderLock } from "./modules/cli/stacks/provider-lock";
import { createContext } from "./modules/machine/create-context";
import { synthDifferences } from "./modules/sandbox/synth-differences";
import { addStacks, createApp, synthesize } from "./stacks/synthesize";

/** Roster -> access plan -> stacks -> preflight -> synth. Findings go to stderr; nothing is written while one is an error. */
const context = createContext(process);
const frame = { command: "synth", schemaVersion: 1, json: false, debug: process.argv.includes("--debug") };

answer(context, frame, async () => {
  const { plan, findings } = await expectAccessPlan(context);
  const app = createApp();
  addStacks(app, plan, synthDifferences(context.env));
  synthesize(app);
  copyProviderLock(context, app.outdir, plan);
  return { exit: 0, findings };
}).then((code) => {
  process.exitCode = code;
});
