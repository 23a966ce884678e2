import { type Finding, formatPlace } from "../../finding";
import { quote } from "../../text";
import type { Roster } from "../roster";
import { finding, type Rule } from "../rule";
import type { Written, WrittenGrant } from "../written";

/**
 * A person is in a team once. A team, and a person's own grants, name one tier for an account: of two, a reader would not know which counts (`@testing`
 * and an account of testing do not override each other). A second one of a person's own that ends is plain: it comes on top.
 */
export const oneTierEach: Rule = (roster, _now, { grants, memberships }) => {
  const byHolder = new Map<string, WrittenGrant[]>();
  for (const grant of grants) {
    const holder = `${grant.holder} ${grant.key}`;
    byHolder.set(holder, [...(byHolder.get(holder) ?? []), grant]);
  }
  return [...[...byHolder.values()].flatMap((own) => clashes(own, roster)), ...repeated(memberships)];
};

function repeated(memberships: Written["memberships"]): readonly Finding[] {
  const seen = new Set<string>();
  return memberships.flatMap(({ person, team }) => {
    const id = JSON.stringify([person, team.text]);
    if (!seen.has(id)) return seen.add(id) && [];
    const message = `${quote(person)} is in the team ${quote(team.text)} twice; keep one`;
    return [finding("duplicate-membership", team.place, message, "warning")];
  });
}

function clashes(grants: readonly WrittenGrant[], roster: Roster): readonly Finding[] {
  const byAccount = new Map<string, WrittenGrant[]>();
  return grants.flatMap((grant) => {
    for (const account of accountsOf(grant.target.text, roster)) {
      const before = byAccount.get(account) ?? [];
      byAccount.set(account, [...before, grant]);
      const first = before.find((other) => isClash(other, grant));
      if (first) return [clash(first, grant, account)];
    }
    return [];
  });
}

function isClash(first: WrittenGrant, second: WrittenGrant): boolean {
  return first.tier.text === second.tier.text || (!first.until && !second.until);
}

function clash(first: WrittenGrant, second: WrittenGrant, account: string): Finding {
  const who = `the ${second.holder} ${quote(second.key)}`;
  const where = formatPlace(first.place);
  if (first.tier.text === second.tier.text) {
    const message = `${who} is granted ${quote(second.tier.text)} in ${quote(account)} twice, first at ${where}; keep one`;
    return finding("duplicate-grant", second.place, message);
  }
  const both = `${quote(first.tier.text)} (${where}) and ${quote(second.tier.text)}`;
  return finding("two-tiers", second.place, `${who} is granted ${both} in ${quote(account)}; keep one`);
}

function accountsOf(target: string, { accounts }: Roster): readonly string[] {
  if (!target.startsWith("@")) return [target];
  return accounts.filter(({ environment }) => environment === target.slice(1)).map(({ key }) => key);
}
