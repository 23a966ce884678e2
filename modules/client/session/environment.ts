import type { PersonRole } from "../person-roles";
import type { TemporaryKeys } from "./ports";

/** Variables that would lead a client to other keys than the ones given, or say something of the old ones. */
export const CONFLICTING = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_SECURITY_TOKEN",
  "AWS_SESSION_EXPIRATION",
  "AWS_ROLE_ARN",
  "AWS_ROLE_SESSION_NAME",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
] as const;

/** Says which role an environment is in: `production operator`. */
export const SESSION_VARIABLE = "ROLECALL_SESSION";

/** What a program needs to work as this role. `region`: one the person chose, else the account's. */
export function roleVariables(
  keys: TemporaryKeys,
  role: Pick<PersonRole, "account" | "tier" | "region">,
  region = role.region,
): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_SESSION_TOKEN: keys.sessionToken,
    AWS_CREDENTIAL_EXPIRATION: keys.expiration,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    [SESSION_VARIABLE]: `${role.account} ${role.tier}`,
  };
}

/** `env` with the role's variables, and without what would lead elsewhere. */
export function environmentOf(
  env: Readonly<Record<string, string | undefined>>,
  variables: Readonly<Record<string, string>>,
): Record<string, string | undefined> {
  const kept = Object.entries(env).filter(([name]) => !(CONFLICTING as readonly string[]).includes(name));
  return { ...Object.fromEntries(kept), ...variables };
}
