import type { Finding, Place } from "../finding";
import type { Roster } from "../roster/roster";
import { quote } from "../text";
import { APPLICATION_PATH } from "./names";

/**
 * What is at the application path is the operators' to take, pass and rewrite. So no account is deployed through a role
 * there, and no tier has a policy from there.
 */
export function checkApplicationPath(roster: Roster): readonly Finding[] {
  const accounts = [roster.userAccount, ...roster.accounts];
  const roles = accounts
    .filter(({ deployRoleArn }) => deployRoleArn.includes(`:role${APPLICATION_PATH}`))
    .map(({ deployRoleArn, place }) =>
      applicationFinding(
        place,
        `operators may take the deploy role ${quote(deployRoleArn)}; move it out of ${APPLICATION_PATH}`,
      ),
    );
  const policies = roster.tiers.flatMap(({ key, policyArns, place }) =>
    policyArns
      .filter((arn) => arn.includes(`:policy${APPLICATION_PATH}`))
      .map((arn) =>
        applicationFinding(
          place,
          `operators may rewrite the policy ${quote(arn)} of the tier ${key}; move it out of ${APPLICATION_PATH}`,
        ),
      ),
  );
  return [...roles, ...policies];
}

function applicationFinding(place: Place, message: string): Finding {
  return { code: "operators-could-change-it", severity: "error", place, message };
}
