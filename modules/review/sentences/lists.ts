import { quote } from "../../text";

/** `"a", "b"`. */
export function quotedNames(names: readonly string[]): string {
  return names.map(quote).join(", ");
}

/** `"a", "b" and 3 more`. */
export function someOf(names: readonly string[], most: number): string {
  const some = quotedNames(names.slice(0, most));
  return names.length > most ? `${some} and ${names.length - most} more` : some;
}

/** How many actions a sentence names. */
export const SHOWN_ACTIONS = 8;

/** `s3:GetObject, s3:PutObject and 3 more`; of `count` these are the first. */
export function actionsText(names: readonly string[], count = names.length): string {
  const shown = names.slice(0, SHOWN_ACTIONS).map((name) => (/^[a-z0-9-]+:\w+$/i.test(name) ? name : quote(name)));
  return count > shown.length ? `${shown.join(", ")} and ${count - shown.length} more` : shown.join(", ");
}
