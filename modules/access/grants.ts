import { roleArn } from "../iam/arn";
import type { Statement } from "../iam/policy-document";
import type { Grant, Roster } from "../roster/roster";
import { compareText } from "../text";
import { PROTECTED_PATH } from "./names";

/** ARN of the role a grant opens. */
function grantRoleArn(roster: Roster, grant: Grant): string {
  const account = roster.accounts.find(({ key }) => key === grant.account);
  if (!account) throw new Error(`grant names the unknown account ${grant.account}`);
  return roleArn(account, PROTECTED_PATH, grant.tier);
}

/**
 * Permission to assume the roles of these grants: one statement for each end date, exact role ARNs, sorted. A dated statement
 * ends by itself: `DateLessThan aws:CurrentTime`.
 */
export function assumeRoleStatements(roster: Roster, grants: readonly Grant[]): readonly Statement[] {
  const ends = [...new Set(grants.map((grant) => grant.until ?? ""))].sort(compareText);
  return ends.map((until) => ({
    Effect: "Allow",
    Action: ["sts:AssumeRole"],
    Resource: arnsOf(
      roster,
      grants.filter((grant) => (grant.until ?? "") === until),
    ),
    ...(until === "" ? {} : { Condition: { DateLessThan: { "aws:CurrentTime": until } } }),
  }));
}

function arnsOf(roster: Roster, grants: readonly Grant[]): readonly string[] {
  return [...new Set(grants.map((grant) => grantRoleArn(roster, grant)))].sort(compareText);
}
