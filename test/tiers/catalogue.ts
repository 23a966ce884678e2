import { readFileSync } from "node:fs";
import { join } from "node:path";
import { actionMatcher } from "../../modules/iam/action-pattern";
import { type CatalogueAction, parseCatalogue } from "../../modules/iam/catalogue";

const { actions } = parseCatalogue(readFileSync(join(__dirname, "../../modules/iam/catalogue.json"), "utf8"));

export const CATALOGUE: readonly CatalogueAction[] = actions;

/** Reading or listing, and nothing else. */
export function isRead({ level }: CatalogueAction): boolean {
  return level === "R" || level === "L";
}

/** Actions a pattern of a policy stands for. */
export function matching(pattern: string): readonly CatalogueAction[] {
  const matches = actionMatcher(pattern);
  return CATALOGUE.filter(({ name }) => matches(name));
}
