import { Refusal } from "../refusal";
/** What an action may do, after AWS: list, read, write, tag, or change permissions. The strongest where it has several. */
export type AccessLevel = "L" | "R" | "W" | "T" | "P";

export interface CatalogueAction {
  /** `s3:GetObject`, in AWS's own case. */
  readonly name: string;
  readonly level: AccessLevel;
}

/** Every action AWS documents, as of a date. */
export interface Catalogue {
  readonly date: string;
  readonly actions: readonly CatalogueAction[];
}

/** Shape of `catalogue.json`: service prefix -> access level -> names, separated by spaces. */
interface CatalogueFile {
  readonly date: string;
  readonly services: Readonly<Record<string, Readonly<Partial<Record<AccessLevel, string>>>>>;
}

/** The text of `catalogue.json`, which this project writes itself (`npm run refresh:catalogue`). Throws when it is not that. */
export function parseCatalogue(text: string): Catalogue {
  return catalogueOf(JSON.parse(text) as CatalogueFile);
}

/** The same of the file's value. */
export function catalogueOf({ date, services }: CatalogueFile): Catalogue {
  const actions = Object.entries(services).flatMap(([service, levels]) =>
    Object.entries(levels).flatMap(([level, names]) =>
      names.split(" ").map((name): CatalogueAction => ({ name: `${service}:${name}`, level: level as AccessLevel })),
    ),
  );
  if (actions.length < 1_000)
    throw new Refusal("the action catalogue is truncated; fetch it again from the repository");
  return { date, actions };
}
