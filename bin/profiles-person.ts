import type { Roster } from "../modules/roster/roster";
import { didYouMean, quote } from "../modules/text";
import type { Context } from "./context";

/** Which person of the roster is meant: the one given, else ROLECALL_PERSON, else the only one. Throws with what to do. */
export function choosePerson({ env }: Pick<Context, "env">, { people }: Roster, given: string | undefined): string {
  const names = people.map(({ key }) => key);
  const asked = given ?? (env["ROLECALL_PERSON"] || undefined);
  if (asked === undefined) {
    if (names.length === 1 && names[0] !== undefined) return names[0];
    throw new Error("whose? name the person, or set ROLECALL_PERSON; rolecall matrix lists them");
  }
  if (names.includes(asked)) return asked;
  const from = given === undefined ? " (from ROLECALL_PERSON)" : "";
  throw new Error(`unknown person ${quote(asked)}${from}${didYouMean(asked, names) || "; rolecall matrix lists them"}`);
}
