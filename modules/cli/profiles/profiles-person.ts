import type { Roster } from "../../roster/roster";
import { Refusal } from "../../refusal";
import { didYouMean, quote } from "../../text";
import type { Context } from "../../machine/context";
import { openOwnUser } from "../devices/own-user";

/**
 * As `choosePerson`; when nothing else says, the user whom one's own keys belong to. Keys that cannot be read, or that AWS does not
 * know, tell nothing.
 */
export async function findPerson(
  context: Context,
  roster: Roster,
  given: string | undefined,
  sourceProfile: string | undefined,
): Promise<string> {
  const told = given !== undefined || Boolean(context.env["ROLECALL_PERSON"]) || roster.people.length === 1;
  if (told) return choosePerson(context, roster, given);
  const own = await openOwnUser(context, { sourceProfile }).catch(() => undefined);
  return choosePerson(context, roster, own?.user);
}

/** Which person of the roster is meant: the one given, else ROLECALL_PERSON, else the only one. Throws with what to do. */
function choosePerson({ env }: Pick<Context, "env">, { people }: Roster, given: string | undefined): string {
  const names = people.map(({ key }) => key);
  const asked = given ?? (env["ROLECALL_PERSON"] || undefined);
  if (asked === undefined) {
    if (names.length === 1 && names[0] !== undefined) return names[0];
    throw new Refusal("which person? give the name, set ROLECALL_PERSON, or run aws configure with that person's keys");
  }
  if (names.includes(asked)) return asked;
  const from = given === undefined ? " (from ROLECALL_PERSON)" : "";
  throw new Refusal(
    `unknown person ${quote(asked)}${from}${didYouMean(asked, names) || "; rolecall matrix lists them"}`,
  );
}
