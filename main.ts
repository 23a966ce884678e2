import { copyFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createContext } from "./modules/machine/create-context";
import { readRoster } from "./modules/cli/roster/read-roster";
import { compileAccess } from "./modules/access/compile";
import { preflight } from "./stacks/preflight";
import { createApp } from "./stacks/synthesize";
import { formatFinding } from "./modules/finding";
import { withDeployRole } from "./modules/roster/deploy-role";
import { SANDBOX_SYNTH } from "./modules/sandbox/synth-differences";
import { AccessStack } from "./stacks/access-stack";

/** Roster -> access plan -> stacks -> preflight -> synth. Findings go to stderr; nothing is written while one is an error. */
async function main(): Promise<number> {
  const context = createContext(process);
  const roster = await readRoster(context);
  for (const finding of roster.findings) context.stderr(`${formatFinding(finding)}\n`);
  if (!roster.ok) return 1;
  const reader = context.env["ROLECALL_DEPLOY_ROLE"];
  const plan = compileAccess(reader ? withDeployRole(roster.value, reader) : roster.value, context.now);
  for (const finding of plan.findings) context.stderr(`${formatFinding(finding)}\n`);
  if (!plan.ok) return 1;

  const app = createApp();
  const sandbox = context.env["ROLECALL_SANDBOX"] === "1" ? SANDBOX_SYNTH : undefined;
  for (const stack of plan.value.stacks) {
    new AccessStack(app, { plan: stack, backend: plan.value.backend, ...sandbox });
  }
  const breaches = preflight(app);
  for (const breach of breaches) context.stderr(`preflight: ${breach}\n`);
  if (breaches.length > 0) return 2;
  app.synth();
  for (const { key } of plan.value.stacks) {
    copyFileSync(join(context.home, "terraform.lock.hcl"), resolve(app.outdir, "stacks", key, ".terraform.lock.hcl"));
  }
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`rolecall could not synthesize: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
