/**
 * terraform-aws-modules/iam v5.60 on the same emulator and provider, for two teams, three tiers and three accounts in one
 * state: what a no-change plan refreshes and asks (docs/decisions/009-benchmarks.md).
 */
export const PEER = {
  name: "terraform-aws-modules/iam v5.60",
  fixed: { resources: 24, requests: 51 },
  perPerson: { resources: 1, requests: 1 },
} as const;

/** What the peer has or asks for so many people. */
export function peerTotal(what: "resources" | "requests", people: number): number {
  return PEER.fixed[what] + people * PEER.perPerson[what];
}
