import { policyArn } from "../iam/arn";
import type { ClaimedHolder } from "../proof/claims";
import type { Account, Person, Roster, Team, Tier } from "../roster/roster";
import { PEOPLE_GROUP, PROTECTED_PATH, teamGroupName } from "./names";

/** Which policies and members hang on what, by name: what they say is for the evaluator. */
export function claimHolders(roster: Roster): readonly ClaimedHolder[] {
  const { userAccount: user, people, teams, accounts, tiers } = roster;
  const inUser = { account: user.key, accountId: user.id, attached: [] } as const;
  return [
    ...people.map((person): ClaimedHolder => ({ ...inUser, ...ofPerson(person) })),
    {
      ...{ ...inUser, kind: "group", name: PEOPLE_GROUP, inline: ["self-service"], ended: [] },
      ...{ members: people.map(({ key }) => key), place: user.place },
    },
    ...teams.map((team): ClaimedHolder => ({ ...inUser, ...ofTeam(roster, team) })),
    ...accounts.flatMap((account) => tiers.map((tier) => ofRole(account, tier))),
  ];
}

type OfHolder = Omit<ClaimedHolder, "account" | "accountId" | "attached">;

/** Grants that have an end leave the policy when the next apply comes, and end before that by themselves. */
function ofPerson({ key, grants, place }: Person): OfHolder {
  const lasting = grants.some(({ until }) => until === undefined);
  const names = grants.length === 0 ? [] : ["grants"];
  return { kind: "user", name: key, inline: lasting ? names : [], ended: lasting ? [] : names, place };
}

function ofTeam({ userAccount, people }: Roster, { key, grants, place }: Team): OfHolder {
  const name = teamGroupName(key);
  return {
    ...{ kind: "group", name, place, inline: grants.length === 0 ? [] : ["access"], ended: [] },
    numbered: policyArn(userAccount, PROTECTED_PATH, `${name}-`),
    members: people.filter(({ teams }) => teams.includes(key)).map((person) => person.key),
  };
}

function ofRole({ key, id, place }: Account, tier: Tier): ClaimedHolder {
  const written = tier.builtIn || tier.allow.length + tier.deny.length > 0;
  return {
    ...{ account: key, accountId: id, kind: "role", name: tier.key, place },
    ...{ inline: written ? [tier.key] : [], ended: [] },
    attached: tier.builtIn ? [] : tier.policyArns.map((arn) => arn.replace("{account}", id)),
  };
}
