import { actionMatcher } from "./action-pattern";

/*
 * Names of role sessions as patterns: `*` stands for any text, `?` for one character, as in a condition of IAM. Sessions and users
 * share an alphabet, so every session name of a pattern is one that a user could have. Source: AWS STS API Reference, "AssumeRole"
 * (RoleSessionName: 2 to 64 of `[\w+=,.@-]`); IAM User Guide, "IAM and AWS STS quotas" (user names: 64 of the same).
 */

/** Every mail address: no session of a pattern may bear such a name. */
export const MAIL_ADDRESSES = "*@*";

/** Whether a session that fits the pattern may have this user's name. In any case, as IAM compares the names of users. */
export function canBeName(pattern: string, userName: string): boolean {
  return !userName.includes("@") && actionMatcher(pattern)(userName);
}

/** What the pattern says before its first wildcard. */
export function fixedBeginning(pattern: string): string {
  return /^[^*?]*/.exec(pattern)?.[0] ?? "";
}

/** True when every name of the inner patterns is one of the outer: certain where it is true, and perhaps too strict where it is not. */
export function namesWithin(inner: readonly string[], outer: readonly string[]): boolean {
  return inner.every((narrow) => outer.some((wide) => covers(wildcardsInOrder(wide), wildcardsInOrder(narrow))));
}

/** In a row of wildcards the `?` come first and one `*` is enough: the same names in one spelling. */
function wildcardsInOrder(pattern: string): string {
  return pattern.replace(/[*?]+/g, (row) => `${row.replaceAll("*", "")}${row.includes("*") ? "*" : ""}`);
}

/** Character by character; what a `*` of the inner one stands for takes a `*` of the outer one, and its `?` a wildcard. */
function covers(wide: string, narrow: string): boolean {
  let reached = new Set([0]);
  const skip = (from: Set<number>) => {
    for (const at of from) if (wide[at] === "*") from.add(at + 1);
    return from;
  };
  skip(reached);
  for (const token of narrow) {
    const next = new Set<number>();
    for (const at of reached) {
      const own = wide[at];
      if (own === "*") next.add(at);
      else if (own !== undefined && token !== "*" && (own === "?" || own === token)) next.add(at + 1);
    }
    reached = skip(next);
  }
  return reached.has(wide.length);
}
