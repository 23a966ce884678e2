import { SMALL } from "../../lifecycle/rosters";

/** senior.two becomes an operator of testing, somebody new comes, and administrators need MFA less often, for longer. */
export const CHANGED = `${SMALL.replace(
  "senior.two@example.org: { teams: [seniors] }",
  "senior.two@example.org: { teams: [developers] }",
).replace("people:", '  developers: { "@testing": operator }\npeople:')}  new.one@example.org: { teams: [developers] }
tiers:
  administrator: { session: 2h, mfaAge: 2h }
`;
export const WITHOUT_TWO = SMALL.replace("  senior.two@example.org: { teams: [seniors] }\n", "");
