import { compileAccess } from "../../access/compile";
import type { AccessPlan } from "../../access/plan";
import { type Finding, sortFindings } from "../../finding";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import type { Roster } from "../../roster/roster";
import { expectRoster } from "../roster/read-roster";

/** A roster that holds, with what it compiles to. */
export interface Compiled {
  readonly roster: Roster;
  readonly plan: AccessPlan;
  /** Warnings of both. */
  readonly findings: readonly Finding[];
}

/** Throws a `Refusal` with every finding where the roster does not hold or does not compile. */
export async function expectPlan(context: Context, path: string | undefined): Promise<Compiled> {
  const { roster, findings: warnings } = await expectRoster(context, path);
  const compiled = compileAccess(roster, context.now);
  const findings = sortFindings([...new Set([...warnings, ...compiled.findings])]);
  if (compiled.ok) return { roster, plan: compiled.value, findings };
  throw new Refusal("the roster does not compile; rolecall check shows every finding", { findings });
}
