import { answer } from "./modules/cli/answer";
import { expectCompiled } from "./modules/cli/roster/compiled-roster";
import { copyProviderLock } from "./modules/cli/stacks/provider-lock";
import { createContext } from "./modules/machine/create-context";
import { synthDifferences } from "./modules/sandbox/synth-differences";
import { addStacks, createApp, synthesize } from "./stacks/synthesize";

/** Roster -> access plan -> stacks -> preflight -> synth. Findings go to stderr; nothing is written while one is an error. */
const context = createContext(process);
const frame = { command: "synth", schemaVersion: 1, json: false, debug: process.argv.includes("--debug") };

answer(context, frame, async () => {
  const deployRole = context.env["ROLECALL_DEPLOY_ROLE"];
  const { plan, findings } = await expectCompiled(context, { deployRole, exit: 1, so: "nothing was synthesized" });
  const app = createApp();
  addStacks(app, plan, synthDifferences(context.env));
  synthesize(app);
  copyProviderLock(context, app.outdir, plan);
  return { exit: 0, findings };
}).then((code) => {
  process.exitCode = code;
});
