/** Name of the inline policy that ends a role's open sessions, or how it begins. */
export const REVOCATION_PREFIX = "rolecall-revoked-sessions";

/** True for the name of a policy that ends sessions: everybody's, or after a hyphen one person's. */
export function isRevocationName(name: string): boolean {
  return name === REVOCATION_PREFIX || name.startsWith(`${REVOCATION_PREFIX}-`);
}
