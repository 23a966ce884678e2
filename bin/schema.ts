import { ROSTER_SCHEMA } from "../modules/roster/schema";
import type { Context } from "./context";

/** Prints the roster's JSON Schema, from the definition that `check` uses. */
export async function schema(context: Context): Promise<number> {
  const published = { $schema: "https://json-schema.org/draft/2020-12/schema", ...ROSTER_SCHEMA };
  context.stdout(
    `${JSON.stringify(published, (key, value: unknown) => (key.startsWith("x-") ? undefined : value), 2)}\n`,
  );
  return 0;
}
