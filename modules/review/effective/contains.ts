import { isRecord, stableJson } from "../../text";
import type { Part } from "./side";

/** What one statement says of an action that it means: one effect, on one pattern of resources, under one condition. */
interface Atom {
  readonly effect: string;
  /** A pattern, or a whole `NotResource`, which only itself and `*` contain. */
  readonly resource: string;
  readonly isNegated: boolean;
  /** Values by operator and key, the key in lower case. */
  readonly condition: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Atoms {
  readonly atoms: readonly Atom[];
  /** What cannot be read apart, as text. */
  readonly opaque: readonly string[];
}

/** The statements that may mean an action, on one side; without a boundary nothing is limited. */
export interface Said {
  readonly identity: readonly Part[];
  readonly boundary: readonly Part[] | undefined;
}

/**
 * Whether the later statements may allow more than the earlier ones: false only where that is certain, because each allowance
 * that comes is within one that was there, each denial that goes within one that stays, or because nothing is allowed any
 * more at all. Samples cannot show that, and a text need not be equal for it.
 */
export function mayWiden(before: Said, after: Said): boolean {
  const [old, now] = [layersOf(before), layersOf(after)];
  if (isDeniedAnyway(now) || isNeverAllowed(now)) return false;
  return old.some((layer, index) => layerMayWiden(layer, now[index] ?? NOTHING));
}

const NOTHING: Atoms = { atoms: [], opaque: [] };
const EVERYTHING: Atom = { effect: "Allow", resource: "*", isNegated: false, condition: new Map() };

function layersOf({ identity, boundary }: Said): readonly [Atoms, Atoms] {
  return [atomsOf(identity), boundary === undefined ? { atoms: [EVERYTHING], opaque: [] } : atomsOf(boundary)];
}

function isDeniedAnyway(layers: readonly Atoms[]): boolean {
  return layers.some(({ atoms }) => atoms.some((atom) => contains(atom, { ...EVERYTHING, effect: "Deny" })));
}

/** One layer that allows nothing is enough. */
function isNeverAllowed(layers: readonly Atoms[]): boolean {
  return layers.some(({ atoms, opaque }) => opaque.length === 0 && !atoms.some(({ effect }) => effect === "Allow"));
}

function layerMayWiden(before: Atoms, after: Atoms): boolean {
  if (stableJson([...before.opaque].sort()) !== stableJson([...after.opaque].sort())) return true;
  const of = (side: Atoms, effect: string) => side.atoms.filter((atom) => atom.effect === effect);
  const allIn = (inner: readonly Atom[], outer: readonly Atom[]) =>
    inner.every((atom) => outer.some((other) => contains(other, atom)));
  return !allIn(of(after, "Allow"), of(before, "Allow")) || !allIn(of(before, "Deny"), of(after, "Deny"));
}

function atomsOf(parts: readonly Part[]): Atoms {
  const read = parts.map((part) => statementAtoms(part));
  return {
    atoms: read.flatMap((atoms) => atoms ?? []),
    opaque: parts.filter((_, index) => read[index] === undefined).map(({ rule }) => rule),
  };
}

const KEYS: ReadonlySet<string> = new Set([
  ...["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"],
]);

function statementAtoms({ statement, policy, hasVariables }: Part): readonly Atom[] | undefined {
  if (statement === undefined || !Object.keys(statement).every((key) => KEYS.has(key))) return undefined;
  if (policy.statements.some(({ actions }) => (actions?.problems.length ?? 1) > 0)) return undefined;
  // The same text is a variable in the newer version of the language and only text in the older one.
  if (!hasVariables && stableJson(statement).includes("${")) return undefined;
  const { Effect: effect, Resource: resource, NotResource: not } = statement;
  const condition = conditionOf(statement["Condition"]);
  if ((effect !== "Allow" && effect !== "Deny") || condition === undefined) return undefined;
  if (not !== undefined)
    return [{ effect, resource: stableJson([not].flat().map(String).sort()), isNegated: true, condition }];
  const patterns = [resource].flat();
  if (!patterns.every((pattern) => typeof pattern === "string")) return undefined;
  return patterns.map((pattern) => ({ effect, resource: pattern, isNegated: false, condition }));
}

function conditionOf(condition: unknown): Atom["condition"] | undefined {
  if (condition === undefined) return new Map();
  if (!isRecord(condition)) return undefined;
  const found = new Map<string, ReadonlySet<string>>();
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isRecord(keys)) return undefined;
    for (const [key, values] of Object.entries(keys)) {
      const test = JSON.stringify([operator, key.toLowerCase()]);
      const all = [values].flat();
      // A key in two spellings, or a value that is none: which of them counts is for AWS to say.
      if (found.has(test) || all.length === 0 || all.some((value) => typeof value === "object")) return undefined;
      found.set(test, new Set(all.map(String)));
    }
  }
  return found;
}

/** True when every request that `inner` is about is one `outer` is about, too; false says nothing. */
function contains(outer: Atom, inner: Atom): boolean {
  return outer.effect === inner.effect && resourceContains(outer, inner) && conditionContains(outer, inner);
}

function resourceContains(outer: Atom, inner: Atom): boolean {
  if (outer.resource === "*" && !outer.isNegated) return true;
  if (outer.isNegated || inner.isNegated)
    return outer.isNegated === inner.isNegated && outer.resource === inner.resource;
  return patternContains(outer.resource, inner.resource);
}

/**
 * Part by part of the ARN; what a wildcard or a variable of the inner one stands for is matched by nothing but `*`. Of an outer
 * one with variables, what else it contains is not known.
 */
function patternContains(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  if (outer.includes("${")) return false;
  const [wide, narrow] = [arnParts(outer), arnParts(inner.replace(/\$\{[^}]*\}?/g, "*"))];
  if (wide.length !== 6 || narrow.length !== 6) return false;
  return wide.every((part, index) => {
    const escaped = part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
    const pattern = new RegExp(`^${escaped.replace(/\?/g, "[^*]").replace(/\*/g, ".*")}$`, "s");
    return pattern.test(narrow[index] ?? "");
  });
}

function arnParts(text: string): readonly string[] {
  const parts = text.split(":");
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Whatever the outer one asks for, the inner one asks for as well, or for more. */
function conditionContains(outer: Atom, inner: Atom): boolean {
  return [...outer.condition].every(([test, values]) => {
    const own = inner.condition.get(test);
    if (own === undefined) return false;
    const within = (some: ReadonlySet<string>, all: ReadonlySet<string>) => [...some].every((each) => all.has(each));
    if (within(own, values) && within(values, own)) return true;
    return /^\["(ForA(ll|ny)Values?:)?[A-Za-z]*Not[A-Z]/.test(test)
      ? within(values, own)
      : ONE_OF.test(test) && within(own, values);
  });
}

/** Operators that any one of their values fulfils. `Null` and comparisons of size are not read apart. */
const ONE_OF =
  /^\["(ForA(ll|ny)Values?:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress|Bool|NumericEquals|DateEquals)(IfExists)?"/;
