import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileAccess } from "../../modules/access/compile";
import { accessDocuments } from "../../modules/access/plan-documents";
import { parseCatalogue } from "../../modules/iam/catalogue";
import type { ManagedPolicies } from "../../modules/proof/checks/compiled-account";
import { type AccessChange, sortChanges } from "../../modules/review/access-change";
import { diffAccess } from "../../modules/review/diff-access";
import { diffRights } from "../../modules/review/documents/diff-documents";
import type { ComparisonMemory } from "../../modules/review/effective/rights-changes";
import type { Roster } from "../../modules/roster/roster";
import { HOME } from "../support/run-command";

export const CATALOGUE = parseCatalogue(readFileSync(join(HOME, "modules/iam/catalogue.json"), "utf8"));

const FOLDER = join(HOME, "modules/iam/managed-policies");
export const MANAGED: ManagedPolicies = new Map(
  readdirSync(FOLDER).map((name) => {
    const { arn, document } = JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as Record<string, unknown>;
    return [String(arn), document];
  }),
);

const MEMORY = new Map<number, ComparisonMemory>();

/** All that `rolecall review` says of two rosters: what they say themselves, and what their policies come to. */
export function saidOf(base: Roster, head: Roster, now: Date): readonly AccessChange[] {
  const accounts = [base, head].flatMap(({ userAccount, accounts: others }) => [userAccount, ...others]);
  const keys = new Map(accounts.map(({ id, key }) => [id, key]));
  const memory = MEMORY.get(now.getTime()) ?? new Map();
  MEMORY.set(now.getTime(), memory);
  const context = { keys, catalogue: CATALOGUE, managed: MANAGED, now, memory };
  const [before, after] = [base, head].map((roster) => {
    const compiled = compileAccess(roster, now);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.findings));
    return accessDocuments(compiled.value);
  });
  const rights = diffRights(before ?? [], after ?? [], context);
  return sortChanges([...diffAccess(base, head, now, MANAGED), ...rights]);
}
