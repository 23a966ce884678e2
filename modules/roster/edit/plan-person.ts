import { didYouMean, quote } from "../../text";
import type { RosterEdit } from "./change";
import { intoList, outOfList } from "./person-lists";
import { planGrant, planRevoke } from "./plan-grants";
import { listed, type Path, type Plain } from "./plain";
import { noChange, type OfPerson, refused } from "./planned";

type PersonChange = Exclude<RosterEdit, { readonly kind: "add-person" | "add-account" | "add-team" }>;

/** Which steps change somebody who is in the roster. */
export function ofPerson(person: Record<string, Plain>, change: PersonChange, now: Date): OfPerson {
  const path: Path = ["people", change.person];
  switch (change.kind) {
    case "remove-person":
      return { steps: [{ kind: "drop", path }] };
    case "join":
      return listed(person["teams"]).includes(change.team)
        ? noChange(`${quote(change.person)} is in the team ${quote(change.team)} already`)
        : { steps: [intoList(person, path, "teams", change.team)] };
    case "leave": {
      const index = listed(person["teams"]).indexOf(change.team);
      if (index < 0) return notInTeam(change, listed(person["teams"]).map(String));
      return { steps: [outOfList(person, path, "teams", [index])].flat() };
    }
    case "grant":
      return planGrant(person, path, change, now);
    case "revoke":
      return planRevoke(person, path, change);
  }
}

function notInTeam(
  { person, team }: { readonly person: string; readonly team: string },
  teams: readonly string[],
): OfPerson {
  const near =
    didYouMean(team, teams) ||
    (teams.length === 0 ? "; they are in none" : `; they are in ${teams.map(quote).join(", ")}`);
  return refused(`${quote(person)} is not in the team ${quote(team)}${near}`);
}
