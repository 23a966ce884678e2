import type { Schema } from "../../roster/schema";

const account: Schema = {
  type: "string",
  description: "An account, user, or @environment for all accounts of that environment; every account by default.",
  pattern: "^@?[A-Za-z][A-Za-z0-9-]{0,39}$",
  "x-what": "an account or @environment",
};
const tier: Schema = {
  type: "string",
  description: "A tier; every tier by default.",
  pattern: "^[A-Za-z][A-Za-z0-9-]{0,39}$",
  "x-what": "a tier",
};
const allows: Schema = {
  type: "array",
  description:
    "Actions or patterns: only tiers that may do at least one of them, on any resource, whatever they are called. What a tier may do is evaluated; what cannot be decided counts as allowed.",
  items: {
    type: "string",
    description: "An action or pattern.",
    pattern: "^(\\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$",
    "x-what": "an action such as iam:CreateUser or iam:Put*, the service in lower case",
  },
};

function rules(description: string, required: readonly string[], properties: Readonly<Record<string, Schema>>): Schema {
  const items: Schema = {
    type: "object",
    required,
    properties: { account, tier, allows, ...properties },
    additionalProperties: false,
  };
  return { type: "array", description, items };
}

/** The rules a repository sets for reviews; published as `review.schema.json`. */
export const RULES_SCHEMA: Schema = {
  title: "Rolecall review rules",
  type: "object",
  description: "What a change of access must keep to. Read from the base of a change, never from the change itself.",
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 3,
  properties: {
    approvals: rules("Who must approve which changes; every rule that fits a change asks for its approval.", ["by"], {
      direction: {
        type: "string",
        description: "widening (the default; what cannot be judged counts as widening), narrowing or any.",
        pattern: "^(widening|narrowing|any)$",
        "x-what": "widening, narrowing or any",
      },
      by: {
        type: "array",
        description: "Teams or people of the forge; each of them may approve.",
        items: {
          type: "string",
          pattern: "^@?[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$",
          "x-what": "a name or team such as @example/security",
        },
      },
      count: { type: "integer", description: "How many must approve; 1 by default.", minimum: 1, maximum: 20 },
    }),
    holders: rules(
      "How many people may hold a tier, in each account separately; with allows, how many may hold any such tier there.",
      ["most"],
      {
        most: { type: "integer", description: "The most people.", minimum: 0, maximum: 100_000 },
      },
    ),
    grants: rules("What grants of a person's own must have; grants of teams are not affected.", [], {
      until: { type: "string", description: "required: they must end.", pattern: "^required$", "x-what": "required" },
      longest: {
        type: "string",
        description: "The longest they may last from the day of the review, in days; they must then have an end.",
        pattern: "^[1-9][0-9]{0,3}d$",
        "x-what": "days such as 30d",
      },
      reason: {
        type: "string",
        description: "required: they must say why.",
        pattern: "^required$",
        "x-what": "required",
      },
    }),
  },
};
