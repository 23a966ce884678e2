import { type IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { askAll } from "../../live/ask-all";
import { decodeDocument } from "../../live/decode-document";

/** Roles of an account whose trust names the user account, one of its users, or anybody: those a person there may have taken. */
export async function rolesOpenTo(iam: IAMClient, userAccountId: string): Promise<readonly OpenRole[]> {
  const found: OpenRole[] = [];
  const roles = await askAll(iam, ListRolesCommand, {}, ({ Roles }) => Roles);
  for (const { Arn = "", AssumeRolePolicyDocument } of roles) {
    const trust = JSON.stringify(decodeDocument(AssumeRolePolicyDocument)) ?? "";
    if (trust.includes(userAccountId) || /"(AWS|Principal)":(\[[^\]]*)?"\*"|"NotPrincipal"/.test(trust))
      found.push({ arn: Arn, trust });
  }
  return found;
}

export interface OpenRole {
  readonly arn: string;
  /** The trust's JSON. */
  readonly trust: string;
}
