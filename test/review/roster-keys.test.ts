import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROSTER_SCHEMA, type Schema } from "../../modules/roster/schema";
import { isRecord, stableJson } from "../../modules/text";
import { rosterOf } from "../support/roster-text";
import { NOW } from "../support/synth";
import { saidOf } from "./said";

interface Keys {
  readonly base: readonly string[];
  readonly backends: Readonly<Record<string, string>>;
  /** One edit for each key of the schema, which changes that key alone. */
  readonly changes: Readonly<Record<string, readonly [string, string]>>;
  /** Keys whose change means nothing for access, with the reason. */
  readonly meansNothing: Readonly<Record<string, string>>;
}

const { base, backends, changes, meansNothing } = JSON.parse(
  readFileSync(join(__dirname, "cases/keys.json"), "utf8"),
) as Keys;

/** Every place of the schema where a value stands: `accounts.*.stack`, `people.*.grants[].until`. */
function keysOf(schema: Schema, path = ""): readonly string[] {
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, each]) => keysOf(each, below(name)));
  const others = schema.additionalProperties ? keysOf(schema.additionalProperties, below("*")) : [];
  const items = schema.items ? keysOf(schema.items, `${path}[]`) : [];
  const inner = [...named, ...others, ...items];
  return inner.length === 0 ? [path] : inner;
}

/** The values of a roster by their place in the schema. */
function valuesOf(value: unknown, schema: Schema, path: string, found: Map<string, string[]>): typeof found {
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  if (Array.isArray(value) && schema.items) {
    for (const each of value) valuesOf(each, schema.items, `${path}[]`, found);
  } else if (isRecord(value)) {
    for (const [name, each] of Object.entries(value)) {
      const own = schema.properties?.[name];
      const inner = own ?? (schema.additionalProperties || undefined);
      if (inner) valuesOf(each, inner, below(own ? name : "*"), found);
    }
  } else found.set(path, [...(found.get(path) ?? []), String(value)]);
  return found;
}

function textsOf(key: string): readonly [string, string] {
  const [from, to] = changes[key] ?? ["", ""];
  const backend = backends[key.split(".")[1] ?? ""];
  const text = base.map((line) => (backend !== undefined && line.startsWith("backend:") ? backend : line)).join("\n");
  expect(text).toContain(from);
  return [text, text.replace(from, to)];
}

test.each(keysOf(ROSTER_SCHEMA))("a change of %s alone is reported, or means nothing for a reason", (key) => {
  const texts = textsOf(key);
  const [old, now] = texts.map((text) => valuesOf(parse(text), ROSTER_SCHEMA, "", new Map()));
  const differ = keysOf(ROSTER_SCHEMA).filter((each) => stableJson(old?.get(each)) !== stableJson(now?.get(each)));
  expect(differ).toEqual([key]);
  const [before, head] = texts.map(rosterOf);
  if (before === undefined || head === undefined) throw new Error("two texts");
  expect(saidOf(before, head, NOW).length > 0).toBe(!(key in meansNothing));
});

test("a new key of the schema without a case is found", () => {
  const { properties } = ROSTER_SCHEMA;
  const more: Schema = { ...ROSTER_SCHEMA, properties: { ...properties, passwordPolicy: { type: "string" } } };
  expect(keysOf(more).filter((key) => !(key in changes))).toEqual(["passwordPolicy"]);
  expect(Object.keys(changes).sort()).toEqual([...keysOf(ROSTER_SCHEMA)].sort());
});
