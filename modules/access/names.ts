/** Names are a public contract: goldens pin them, and a renamed resource is destroyed and created anew. */

/** Path of every role and managed policy of Rolecall: what operators cannot touch. */
export const PROTECTED_PATH = "/rolecall/";

/** Group of every person; carries the self-service policy. No team may have this name's group. */
export const PEOPLE_GROUP = "people";

export function teamGroupName(team: string): string {
  return `team-${team}`;
}

/** `index` counts from 1 over the policies of one team. */
export function teamPolicyName(team: string, index: number): string {
  return `team-${team}-${index}`;
}
