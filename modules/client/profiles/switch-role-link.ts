import { accountOfArn } from "../../iam/arn";
import { partition } from "../../iam/partition";
import type { PersonRole } from "../person-roles";

/** The console shows as much of a display name. Source: IAM User Guide, "Switch from a user to an IAM role (console)". */
const MAX_DISPLAY_NAME = 64;

/** Path and name of a role without the first slash, as the console's Switch Role wants it. */
export function roleNameWithPath({ roleArn }: Pick<PersonRole, "roleArn">): string {
  return roleArn.slice(roleArn.indexOf(":role/") + ":role/".length);
}

/** Opens the console as that role. Source: IAM User Guide, "Grant a user permissions to switch roles": `roleName=optional_path/role_name`. */
export function switchRoleLink(role: PersonRole, displayName: string): string {
  const query = [
    ["account", role.accountId],
    ["roleName", roleNameWithPath(role)],
    ["displayName", displayName.slice(0, MAX_DISPLAY_NAME)],
  ] as const;
  const words = query.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2F", "/")}`);
  const { signIn } = partition(accountOfArn(role.roleArn)?.partition ?? "aws");
  return `https://${signIn}/switchrole?${words.join("&")}`;
}
