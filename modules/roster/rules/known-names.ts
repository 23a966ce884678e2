import type { Finding } from "../../finding";
import { didYouMean, quote } from "../../text";
import type { Roster } from "../roster";
import { finding, type Rule } from "../rule";
import type { WrittenWord } from "../written";

const KNOWN_SHOWN = 12;

/** Every account, environment, tier and team that is named exists. */
export const knownNames: Rule = (roster, _now, { grants, memberships }) => {
  const tiers = roster.tiers.map(({ key }) => key);
  const teams = new Set(roster.teams.map(({ key }) => key));
  return [
    ...grants.flatMap(({ target }) => unknownTarget(target, roster)),
    ...grants.filter(({ tier }) => !tiers.includes(tier.text)).map(({ tier }) => unknown("tier", tier, tiers, "tiers")),
    ...memberships
      .filter(({ team }) => !teams.has(team.text))
      .map(({ team }) => unknown("team", team, [...teams], "teams")),
  ];
};

function unknownTarget(target: WrittenWord, { accounts }: Roster): readonly Finding[] {
  const keys = accounts.map(({ key }) => key);
  const environments = [...new Set(accounts.flatMap(({ environment }) => environment ?? []))];
  if (target.text === "user")
    return [finding("user-account-granted", target.place, "the user account holds no roles; grant another account")];
  if (target.text.startsWith("@")) {
    const name = { ...target, text: target.text.slice(1) };
    return environments.includes(name.text)
      ? []
      : [unknown("environment", name, environments, "environment: of an account")];
  }
  const known = [...keys, ...environments.map((name) => `@${name}`)];
  return keys.includes(target.text) ? [] : [unknown("account", target, known, "accounts")];
}

function unknown(what: string, given: WrittenWord, known: readonly string[], section: string): Finding {
  const all =
    known.length === 0 ? `; add it under ${section}` : `; known are ${known.slice(0, KNOWN_SHOWN).join(", ")}`;
  const more = known.length > KNOWN_SHOWN ? " and more" : "";
  const cure = didYouMean(given.text, known) || `${all}${more}`;
  return finding(`unknown-${what}`, given.place, `unknown ${what} ${quote(given.text)}${cure}`);
}
