import { compileAccess } from "../modules/access/compile";
import { accessDocuments } from "../modules/access/plan-documents";
import { formatFinding } from "../modules/finding";
import type { AccountDocuments } from "../modules/iam/account-documents";
import type { NamedPlan } from "../modules/review/plan/coverage";
import type { Diff } from "../modules/review/plan/drift";
import { type PlanReview, reviewPlans } from "../modules/review/plan/review-plans";
import type { Roster } from "../modules/roster/roster";
import type { Context } from "./context";
import { readPlanFile } from "./plan-files";

/** What the plans are held against. */
export interface ReviewedRosters {
  /** Absent without a base: then the end of the plans alone is held against the head. */
  readonly base?: Roster;
  readonly head: Roster;
}

/** The plans in files beside the rosters, or undefined with the reasons on standard error. */
export function reviewPlanFiles(
  context: Context,
  files: readonly string[],
  { base, head }: ReviewedRosters,
  diff: Diff,
): PlanReview | undefined {
  const plans = readPlans(context, files);
  const after = documentsOf(context, head);
  const before = base && documentsOf(context, base);
  if (plans === undefined || after === undefined || (base && before === undefined)) return undefined;
  const witness = {
    keys: new Map([...(base ? accountsOf(base) : []), ...accountsOf(head)]),
    head: after,
    ...(before && { base: before }),
  };
  return reviewPlans(plans, witness, diff);
}

/** Every file's trouble in one run. */
function readPlans(context: Context, files: readonly string[]): readonly NamedPlan[] | undefined {
  const read = files.map((file) => ({ file, plan: readPlanFile(context, file) }));
  const plans = read.flatMap(({ file, plan }) => (plan.known ? [{ file, plan: plan.value }] : []));
  for (const { plan } of read) if (!plan.known) context.stderr(`${plan.reason}\n`);
  return plans.length === files.length ? plans : undefined;
}

function documentsOf(context: Context, roster: Roster): readonly AccountDocuments[] | undefined {
  const access = compileAccess(roster, context.now);
  if (access.ok) return accessDocuments(access.value);
  for (const finding of access.findings) context.stderr(`${formatFinding(finding)}\n`);
  return undefined;
}

function accountsOf({ userAccount, accounts }: Roster): readonly (readonly [string, string])[] {
  return [userAccount, ...accounts].map(({ id, key }) => [id, key] as const);
}
