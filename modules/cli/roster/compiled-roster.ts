import { compileAccess } from "../../access/compile";
import type { AccessPlan } from "../../access/plan";
import { type Finding, sortFindings } from "../../finding";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { withDeployRole } from "../../roster/deploy-role";
import type { Roster } from "../../roster/roster";
import { readRoster } from "./read-roster";

/** A roster that holds, with what it compiles to. */
export interface Compiled {
  readonly roster: Roster;
  readonly plan: AccessPlan;
}

/** The roster and what it compiles to, as far as it does, with every finding of both, sorted. */
export type CompiledRoster = { readonly findings: readonly Finding[] } & (
  | ({ readonly ok: true } & Compiled)
  | { readonly ok: false; readonly roster?: Roster | undefined }
);

/** Reads the roster as `readRoster` does; with a role's name, of stacks that are made with this role of every account. */
export async function readCompiled(
  context: Context,
  { path, deployRole }: { readonly path?: string | undefined; readonly deployRole?: string | undefined } = {},
): Promise<CompiledRoster> {
  const read = await readRoster(context, path);
  if (!read.ok) return { ok: false, findings: sortFindings(read.findings) };
  const roster = deployRole ? withDeployRole(read.value, deployRole) : read.value;
  const compiled = compileAccess(roster, context.now);
  const findings = sortFindings([...new Set([...read.findings, ...compiled.findings])]);
  return compiled.ok ? { ok: true, roster, plan: compiled.value, findings } : { ok: false, roster, findings };
}

/** The same, with its warnings. Throws a `Refusal` with every finding where it does not hold. */
export async function expectCompiled(
  context: Context,
  {
    path,
    deployRole,
    exit = 2,
    so = "rolecall check shows every finding",
  }: Parameters<typeof readCompiled>[1] & {
    readonly exit?: 1 | 2;
    /** What follows from it, or what to do. */
    readonly so?: string;
  } = {},
): Promise<Compiled & { readonly findings: readonly Finding[] }> {
  const compiled = await readCompiled(context, { path, deployRole });
  if (compiled.ok) return compiled;
  throw new Refusal(`the roster does not hold; ${so}`, { findings: compiled.findings, exit });
}
