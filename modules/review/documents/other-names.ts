import { isRecord, stableJson } from "../../text";

type Statement = Readonly<Record<string, unknown>>;

/** A statement that lets people in under their own name, and what else the same people may call a session. */
export interface WithOtherNames {
  readonly own: Statement;
  readonly names: readonly string[];
}

const NAME = "sts:RoleSessionName";

/**
 * The two allowances of a trust as one, where they differ in nothing but the session's name, as Rolecall writes them; `undefined` for
 * any others, which must stay together.
 */
export function withOtherNames([own, other, ...more]: readonly unknown[]): WithOtherNames | undefined {
  if (!isRecord(own) || !isRecord(other) || more.length > 0) return undefined;
  const [first, second] = [splitName(own), splitName(other)];
  const names = first && second && stableJson(first.rest) === stableJson(second.rest) ? second.name : undefined;
  if (stableJson(first?.name) !== stableJson({ StringEquals: "${aws:username}" })) return undefined;
  const { StringLike: like, StringNotLike: not, ...others } = names ?? {};
  const patterns = [like].flat();
  const isPlain =
    not === "*@*" && Object.keys(others).length === 0 && patterns.every((each) => typeof each === "string");
  return isPlain ? { own, names: patterns } : undefined;
}

/** What it says of the session's name by operator, and the rest of it. */
function splitName({ Sid: _, Condition: condition, ...statement }: Statement) {
  if (!isRecord(condition)) return undefined;
  const name: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [operator, keys] of Object.entries(condition)) {
    if (isRecord(keys) && Object.keys(keys).length === 1 && NAME in keys) name[operator] = keys[NAME];
    else rest[operator] = keys;
  }
  return { name, rest: { ...statement, Condition: rest } };
}
