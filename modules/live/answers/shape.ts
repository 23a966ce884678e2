import { isRecord } from "../../text";

/** What the answer to a command looks like, by the service model that the SDK carries. */
export type Shape =
  | { readonly kind: "structure"; readonly members: readonly Member[] }
  | { readonly kind: "list"; readonly item: Shape }
  | { readonly kind: "map"; readonly value: Shape }
  | { readonly kind: "text" | "number" | "boolean" | "time" | "bytes" };

export interface Member {
  readonly name: string;
  /** By the model. */
  readonly required: boolean;
  readonly shape: () => Shape;
}

/** A command of the SDK, as far as its answer is concerned. */
export interface Modelled {
  /** `ListUsers`. */
  readonly action: string;
  /** `undefined` when the answer holds nothing but its metadata. */
  readonly output: Shape | undefined;
}

/**
 * Reads the model of a command. The SDK keeps it as nested lists: `[9, namespace, name, traits, input, output]` for an operation,
 * `[3, namespace, name, traits, member names, member schemas, how many of the first are required]` for a structure. Throws when
 * a release of the SDK keeps it differently: then no answer could be judged.
 */
export function modelOf(command: unknown): Modelled {
  const schema =
    isRecord(command) || typeof command === "object" ? (command as { schema?: unknown }).schema : undefined;
  if (!Array.isArray(schema) || schema[0] !== OPERATION || typeof schema[2] !== "string") throw new Error(STRANGE);
  const output = typeof schema[5] === "function" ? (schema[5] as () => unknown)() : schema[5];
  return { action: schema[2], output: output === "unit" ? undefined : shapeOf(output) };
}

const STRANGE =
  "this release of the AWS SDK describes its commands differently from what Rolecall knows; use the one that package.json names";
const [SIMPLE, LIST, MAP, STRUCTURE, OPERATION] = [0, 1, 2, 3, 9];
/** Added to the number of a plain value: a list or a map of it. */
const [LIST_OF, MAP_OF] = [64, 128];
const PLAIN: Readonly<Record<number, "text" | "number" | "boolean" | "time" | "bytes">> = {
  0: "text",
  1: "number",
  2: "boolean",
  4: "time",
  5: "time",
  21: "bytes",
};

function shapeOf(schema: unknown): Shape {
  if (typeof schema === "function") return shapeOf(schema());
  if (typeof schema === "number") return plainShape(schema);
  if (!Array.isArray(schema)) throw new Error(STRANGE);
  // A member with traits of its own: its schema, then the traits.
  if (schema.length === 2) return shapeOf(schema[0]);
  const [kind, , , , fourth, fifth, sixth] = schema as readonly unknown[];
  if (kind === SIMPLE) return shapeOf(fourth);
  if (kind === LIST) return { kind: "list", item: shapeOf(fourth) };
  if (kind === MAP) return { kind: "map", value: shapeOf(fifth) };
  if (kind !== STRUCTURE || !Array.isArray(fourth) || !Array.isArray(fifth)) throw new Error(STRANGE);
  const required = typeof sixth === "number" ? sixth : 0;
  return { kind: "structure", members: fourth.map((name, at) => memberOf(name, fifth[at], at < required)) };
}

function memberOf(name: unknown, schema: unknown, required: boolean): Member {
  if (typeof name !== "string") throw new Error(STRANGE);
  return { name, required, shape: () => shapeOf(schema) };
}

function plainShape(schema: number): Shape {
  if (schema >= MAP_OF) return { kind: "map", value: plainShape(schema - MAP_OF) };
  if (schema >= LIST_OF) return { kind: "list", item: plainShape(schema - LIST_OF) };
  const kind = PLAIN[schema];
  if (kind === undefined) throw new Error(STRANGE);
  return { kind };
}
