import { RULES_SCHEMA } from "../../review/rules/schema";
import { ROSTER_SCHEMA } from "../../roster/schema";
import type { Context } from "../../machine/context";

/** Prints the JSON Schema of the roster, or of the review rules, from the definition that the commands use. */
export async function schema(context: Context, { review }: { readonly review: boolean }): Promise<number> {
  const language = review ? RULES_SCHEMA : ROSTER_SCHEMA;
  const published = { $schema: "https://json-schema.org/draft/2020-12/schema", ...language };
  context.stdout(
    `${JSON.stringify(published, (key, value: unknown) => (key.startsWith("x-") ? undefined : value), 2)}\n`,
  );
  return 0;
}
