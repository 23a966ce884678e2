import type { AccessLevel, CatalogueAction } from "../../iam/catalogue";
import { ESCALATIONS, FORBIDDEN, SECRET_READS } from "../../proof/promises/promises";

/** Steps of known ways to more rights, what operators never have (purchases, new trust and their like), and secrets. */
const DANGEROUS: ReadonlySet<string> = new Set([
  ...ESCALATIONS.flatMap(({ steps }) => steps.map(({ action }) => action)),
  ...FORBIDDEN.flatMap(({ actions }) => [...actions]),
  ...SECRET_READS,
]);

/** Access levels of AWS's Service Authorization Reference: permissions management, write, tagging, read, list. */
const LEVELS: readonly AccessLevel[] = ["P", "W", "T", "R", "L"];

/**
 * What changes permissions or is known to be dangerous first, whatever its level, then what writes, tags, reads and lists.
 * Among equals the order stays.
 */
export function byRisk(actions: readonly CatalogueAction[]): readonly CatalogueAction[] {
  return LEVELS.flatMap((level) => actions.filter((action) => riskOf(action) === level));
}

function riskOf({ name, level }: CatalogueAction): AccessLevel {
  return DANGEROUS.has(name) ? "P" : level;
}
