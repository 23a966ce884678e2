import { GetRoleCommand, type GetRoleCommandOutput, type IAMClient } from "@aws-sdk/client-iam";
import { askWithTime } from "../../live/send";

/** A role, and what AWS's own clock said when it answered: that clock stamps sessions, not this machine's. */
export async function readRoleAndTime(
  iam: IAMClient,
  roleName: string,
): Promise<{ readonly role: GetRoleCommandOutput["Role"]; readonly now: Date }> {
  const { answer, at } = await askWithTime(iam, new GetRoleCommand({ RoleName: roleName }));
  return { role: answer.Role, now: at };
}
