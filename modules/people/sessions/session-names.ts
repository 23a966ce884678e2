import { compareText, stableJson } from "../../text";

/**
 * What sessions may be called besides their person's user name, as patterns, as far as every way into the role says so: only then
 * one person's sessions, and those of nobody's name, are distinguished from the others. `undefined` for anything else, also what cannot be read.
 */
export function sessionNamesOf(trust: unknown): readonly string[] | undefined {
  const statements = asList(fieldOf(trust, "Statement"));
  const allows = statements.filter((each) => fieldOf(each, "Effect") !== "Deny").map(namesOf);
  const isKnown = allows.length > 0 && allows.every((names) => names !== undefined);
  return isKnown ? [...new Set(allows.flatMap((names) => names ?? []))].sort(compareText) : undefined;
}

/** True when every way into the role demands that a session bears its person's user name. */
export function bearsPersonsName(trust: unknown): boolean {
  return sessionNamesOf(trust)?.length === 0;
}

/** None where it demands the user's name; `undefined` where it demands neither that nor certain names. */
function namesOf(statement: unknown): readonly string[] | undefined {
  const demanded = (operator: string) => {
    const test = fieldOf(fieldOf(statement, "Condition"), operator);
    return asList(fieldOf(test, "sts:RoleSessionName"));
  };
  if (stableJson(demanded("StringEquals")) === stableJson(["${aws:username}"])) return [];
  const patterns = demanded("StringLike");
  const isPlain = patterns.length > 0 && patterns.every((each) => typeof each === "string" && PLAIN.test(each));
  return isPlain ? (patterns as readonly string[]) : undefined;
}

/** Characters of session names and wildcards: no variable, whose value is not known here. */
const PLAIN = /^[\w+=,.@*?-]+$/;

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
