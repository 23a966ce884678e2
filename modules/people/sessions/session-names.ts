import { stableJson } from "../../text";

/**
 * True when every way into the role demands that a session bears its person's user name: only then are one person's sessions
 * told from others'. Anything else, also what cannot be read, is false.
 */
export function bearsPersonsName(trust: unknown): boolean {
  const statements = asList(fieldOf(trust, "Statement"));
  const allows = statements.filter((each) => fieldOf(each, "Effect") !== "Deny");
  return allows.length > 0 && allows.every(demandsUserName);
}

function demandsUserName(statement: unknown): boolean {
  const wanted = fieldOf(fieldOf(fieldOf(statement, "Condition"), "StringEquals"), "sts:RoleSessionName");
  return stableJson(asList(wanted)) === stableJson(["${aws:username}"]);
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
