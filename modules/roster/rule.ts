import type { Finding, Place, Severity } from "../finding";
import type { Roster } from "./roster";

/** What must hold of a roster whose shape is right. A rule sees everything and never throws. */
export type Rule = (roster: Roster, now: Date) => readonly Finding[];

/** A finding of one rule. */
export function finding(code: string, place: Place, message: string, severity: Severity = "error"): Finding {
  return { code, severity, place, message };
}

export interface OwnedGrant {
  readonly owner: string;
  readonly grant: Roster["people"][number]["grants"][number];
}

/** Every grant with who has it, as messages name them. */
export function allGrants({ teams, people }: Roster): readonly OwnedGrant[] {
  const of = (
    kind: string,
    holders: readonly { readonly key: string; readonly grants: readonly OwnedGrant["grant"][] }[],
  ) =>
    holders.flatMap(({ key, grants }) => grants.map((grant) => ({ owner: `${kind} ${JSON.stringify(key)}`, grant })));
  return [...of("team", teams), ...of("person", people)];
}
