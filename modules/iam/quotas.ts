/**
 * IAM's sizes, in characters without white space, and counts.
 * Source: IAM User Guide, "IAM and AWS STS quotas" (read 2026-03); all of these are hard limits but the trust policy's.
 */
export const QUOTAS = {
  userInlineChars: 2_048,
  groupInlineChars: 5_120,
  roleInlineChars: 10_240,
  managedPolicyChars: 6_144,
  trustPolicyChars: 2_048,
  groupsPerUser: 10,
  managedPoliciesPerGroup: 10,
  managedPoliciesPerRole: 10,
  /** Path and name together, so that the console's Switch Role works. */
  rolePathAndNameChars: 64,
  /**
   * Of a service control policy, white space included; 5,120 before 2026-05-15. AWS Organizations User Guide, "Quotas for AWS
   * Organizations" (read 2026-11).
   */
  serviceControlPolicyChars: 10_240,
} as const;
