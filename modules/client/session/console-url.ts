import { PROTECTED_PATH } from "../../access/names";
import type { PersonRole } from "../person-roles";

/** Where the console signs people in. */
export const SIGN_IN = "https://signin.aws.amazon.com";

/**
 * Opens the console's form for switching to the role, for who is signed in as their IAM user. No secret. Source: IAM User Guide,
 * "Switch from a user to an IAM role (console)": path and name without the first slash.
 */
export function switchRoleUrl({ accountId, account, tier }: PersonRole): string {
  const query = new URLSearchParams({
    account: accountId,
    roleName: `${PROTECTED_PATH.slice(1)}${tier}`,
    displayName: `${account}-${tier}`,
  });
  return `${SIGN_IN}/switchrole?${query.toString()}`;
}

/**
 * Signs in to the console as the role whose token this is: whoever has it is in. Source: IAM User Guide, "Enable custom
 * identity broker access to the AWS console", which gives it 15 minutes.
 */
export function federationUrl(endpoint: string, token: string, region: string): string {
  const destination = `https://${region}.console.aws.amazon.com/console/home?region=${region}`;
  const query = new URLSearchParams({
    Action: "login",
    Issuer: "rolecall",
    Destination: destination,
    SigninToken: token,
  });
  return `${endpoint}/federation?${query.toString()}`;
}
