import { RULES_SCHEMA } from "../../review/rules/schema";
import { ROSTER_SCHEMA } from "../../roster/schema";
import { define } from "../command";

/** The JSON Schema of the roster, or of the review rules, from the definition that the commands use. Exit 0. */
export const schema = define(
  {
    name: "schema",
    about: "print the JSON Schema of the roster, for editors",
    usage: (command) => command.option("--review", "that of the rules for reviews, review.yaml", false),
  },
  async (_context, { review }) => {
    const language = review ? RULES_SCHEMA : ROSTER_SCHEMA;
    const published = { $schema: "https://json-schema.org/draft/2020-12/schema", ...language };
    const own = (key: string, value: unknown) => (key.startsWith("x-") ? undefined : value);
    return { exit: 0, text: `${JSON.stringify(published, own, 2)}\n` };
  },
);
