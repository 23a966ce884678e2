import { compileAccess } from "../../access/compile";
import type { AccessPlan } from "../../access/plan";
import type { Finding } from "../../finding";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { withDeployRole } from "../../roster/deploy-role";
import { readRoster } from "../roster/read-roster";

/**
 * The access plan of the roster with its warnings; with ROLECALL_DEPLOY_ROLE, of stacks made with this role of every account.
 * Throws a `Refusal` with every finding, exit 1.
 */
export async function expectAccessPlan(
  context: Context,
): Promise<{ readonly plan: AccessPlan; readonly findings: readonly Finding[] }> {
  const roster = await readRoster(context);
  if (!roster.ok) throw refusal(roster.findings);
  const reader = context.env["ROLECALL_DEPLOY_ROLE"];
  const plan = compileAccess(reader ? withDeployRole(roster.value, reader) : roster.value, context.now);
  const findings = [...roster.findings, ...plan.findings];
  if (!plan.ok) throw refusal(findings);
  return { plan: plan.value, findings };
}

function refusal(findings: readonly Finding[]): Refusal {
  return new Refusal("the roster does not hold; nothing was synthesized", { findings, exit: 1 });
}
