/** Names are a public contract: goldens pin them, and a renamed resource is destroyed and created again. */

/** Path of every role and managed policy of Rolecall: what operators cannot touch. */
export const PROTECTED_PATH = "/rolecall/";

/**
 * Path of what operators make: roles, policies and instance profiles of applications. Outside it they change nothing in IAM,
 * and here no role without the boundary.
 */
export const APPLICATION_PATH = "/application/";

/** The managed policy that bounds operators and every role of an application. */
export const OPERATOR_BOUNDARY = "operator-boundary";

/** Group of every person; carries the self-service policy. No team may have this name's group. */
export const PEOPLE_GROUP = "people";

export function teamGroupName(team: string): string {
  return `team-${team}`;
}

/** `index` counts from 1 over the policies of one team. */
export function teamPolicyName(team: string, index: number): string {
  return `team-${team}-${index}`;
}
