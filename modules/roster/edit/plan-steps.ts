import { didYouMean, quote } from "../../text";
import type { RosterEdit } from "./change";
import { mapOf, type Plain, settled } from "./plain";
import { add } from "./plan-add";
import { ofPerson } from "./plan-person";
import { type Planned, type PlainFile, refused } from "./planned";

/** Which steps make the change, from what the files say; `now` decides which ends are past. */
export function planSteps(files: readonly PlainFile[], change: RosterEdit, now: Date): Planned {
  switch (change.kind) {
    case "add-person":
      return add(files, "people", change.person, change.teams.length === 0 ? {} : { teams: change.teams });
    case "add-account":
      return add(files, "accounts", change.account, settled({ ...change.settings }));
    case "add-team":
      return add(files, "teams", change.team, change.grants);
    default: {
      const found = findPerson(files, change.person);
      if ("reason" in found) return found;
      const { file, person } = found;
      const planned = ofPerson(person, change, now);
      return "reason" in planned ? planned : { kind: "steps", file, steps: planned.steps, notes: planned.notes ?? [] };
    }
  }
}

function findPerson(
  files: readonly PlainFile[],
  name: string,
):
  | { readonly file: number; readonly person: Record<string, Plain> }
  | { readonly kind: "refused"; readonly reason: string } {
  const file = files.findIndex((each) => Object.hasOwn(mapOf(each["people"]), name));
  if (file >= 0) return { file, person: mapOf(mapOf(files[file]?.["people"])[name]) };
  const known = files.flatMap((each) => Object.keys(mapOf(each["people"])));
  return refused(`the roster has no person ${quote(name)}${didYouMean(name, known)}`);
}
