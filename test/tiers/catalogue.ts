import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CatalogueAction, parseCatalogue } from "../../modules/iam/catalogue";

const { actions } = parseCatalogue(readFileSync(join(__dirname, "../../modules/iam/catalogue.json"), "utf8"));

export const CATALOGUE: readonly CatalogueAction[] = actions;

/** Reading or listing, and nothing else. */
export function isRead({ level }: CatalogueAction): boolean {
  return level === "R" || level === "L";
}

/** Actions a pattern of a policy stands for; IAM compares in any case. */
export function matching(pattern: string): readonly CatalogueAction[] {
  const quoted = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const regex = new RegExp(`^${quoted.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
  return CATALOGUE.filter(({ name }) => regex.test(name));
}
