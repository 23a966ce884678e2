import { parse } from "yaml";
import { ROSTER_SCHEMA, type Schema } from "../../modules/roster/schema";
import { isRecord, stableJson } from "../../modules/text";
import { CASES, textsOf } from "./change-cases";

/** Keys whose change means nothing for access, with the reason. */
const MEANS_NOTHING: Readonly<Record<string, string>> = {
  "people.*.grants[].reason": "a text for reviewers; that a rule demands one is a rule's to say",
};

/** Every place of the schema where a value stands: `accounts.*.stack`, `people.*.grants[].until`. */
function keysOf(schema: Schema, path = ""): readonly string[] {
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, each]) => keysOf(each, below(name)));
  const others = schema.additionalProperties ? keysOf(schema.additionalProperties, below("*")) : [];
  const items = schema.items ? keysOf(schema.items, `${path}[]`) : [];
  const inner = [...named, ...others, ...items];
  return inner.length === 0 ? [path] : inner;
}

/** The values of a roster by their place in the schema, each place with all its values and where they stand. */
function valuesOf(value: unknown, schema: Schema, path: string, at: string, found: Map<string, string[]>): void {
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  if (Array.isArray(value) && schema.items) {
    for (const each of value) valuesOf(each, schema.items, `${path}[]`, at, found);
  } else if (isRecord(value)) {
    for (const [name, each] of Object.entries(value)) {
      const own = schema.properties?.[name];
      const inner = own ?? (schema.additionalProperties || undefined);
      if (inner) valuesOf(each, inner, below(own ? name : "*"), `${at}/${name}`, found);
    }
  } else found.set(path, [...(found.get(path) ?? []), `${at}=${String(value)}`]);
}

function changedKeys(base: string, head: string): readonly string[] {
  const [old, now] = [base, head].map((text) => {
    const found = new Map<string, string[]>();
    valuesOf(parse(text), ROSTER_SCHEMA, "", "", found);
    return found;
  });
  return keysOf(ROSTER_SCHEMA).filter((key) => stableJson(old?.get(key)) !== stableJson(now?.get(key)));
}

const told = new Set(
  CASES.filter(({ expected }) => expected.length > 0).flatMap((each) => changedKeys(...textsOf(each))),
);

test.each(keysOf(ROSTER_SCHEMA))("a change of %s is reported, or means nothing for a reason", (key) => {
  expect(told.has(key) !== key in MEANS_NOTHING).toBe(true);
});

test("a key without a case is found", () => {
  const { properties } = ROSTER_SCHEMA;
  const more: Schema = { ...ROSTER_SCHEMA, properties: { ...properties, passwordPolicy: { type: "string" } } };
  expect(keysOf(more).filter((key) => !told.has(key) && !(key in MEANS_NOTHING))).toEqual(["passwordPolicy"]);
  expect(keysOf(ROSTER_SCHEMA)).toEqual(
    expect.arrayContaining(["userAccount.alias", "accounts.*.stack", "tiers.*.deny[]"]),
  );
});
