import { groupArn, policyArn, roleArn, userArn } from "../iam/arn";
import type { ClaimedObject } from "../proof/claims";
import type { Account, Roster, Tier } from "../roster/roster";
import { OPERATOR_BOUNDARY, PEOPLE_GROUP, PROTECTED_PATH, teamGroupName } from "./names";

/** What may exist in which account, by the names that are Rolecall's contract; nothing of what policies say. */
export function claimObjects(roster: Roster): readonly ClaimedObject[] {
  return [
    ...userAccountObjects(roster),
    ...roster.accounts.flatMap((account) => accountObjects(account, roster.tiers)),
  ];
}

function userAccountObjects({ userAccount, people, teams }: Roster): readonly ClaimedObject[] {
  const accountId = userAccount.id;
  const nothing = { accountId, attached: [] };
  return [
    ...people.map(({ key, tags }) => ({
      ...nothing,
      kind: "user" as const,
      arn: userArn(userAccount, "/", key),
      tags: { ...userAccount.tags, ...tags },
    })),
    {
      ...nothing,
      kind: "group",
      arn: groupArn(userAccount, PROTECTED_PATH, PEOPLE_GROUP),
    },
    ...teams.map(({ key }) => ({
      ...nothing,
      kind: "group" as const,
      arn: groupArn(userAccount, PROTECTED_PATH, teamGroupName(key)),
      parts: policyArn(userAccount, PROTECTED_PATH, `team-${key}-`),
    })),
  ];
}

function accountObjects(account: Account, tiers: readonly Tier[]): readonly ClaimedObject[] {
  const { id: accountId, tags } = account;
  const boundary = policyArn(account, PROTECTED_PATH, OPERATOR_BOUNDARY);
  return [
    { kind: "policy", accountId, arn: boundary, attached: [] },
    ...tiers.map(({ key, builtIn, policyArns }) => ({
      kind: "role" as const,
      accountId,
      arn: roleArn(account, PROTECTED_PATH, key),
      tags,
      attached: builtIn ? [] : policyArns.map((arn) => arn.replace("{account}", accountId)),
      ...(builtIn && key !== "operator" ? {} : { boundary }),
    })),
  ];
}
