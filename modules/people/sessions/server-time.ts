import { GetRoleCommand, type GetRoleCommandOutput, type IAMClient } from "@aws-sdk/client-iam";

/** A role, and what AWS's own clock said when it answered: that clock stamps sessions, not this machine's. */
export async function readRoleAndTime(
  iam: IAMClient,
  roleName: string,
): Promise<{ readonly role: GetRoleCommandOutput["Role"]; readonly now: Date }> {
  const command = new GetRoleCommand({ RoleName: roleName });
  let date: unknown;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      date = headerOf(result.response, "date");
      return result;
    },
    { step: "deserialize", name: "serverTime" },
  );
  const { Role } = await iam.send(command);
  const now = new Date(typeof date === "string" ? date : "");
  if (Number.isNaN(now.getTime()))
    throw new Error("AWS's answer has no time, so no session can be told from a later one");
  return { role: Role, now };
}

function headerOf(response: unknown, name: string): unknown {
  const headers =
    typeof response === "object" && response !== null && "headers" in response ? response.headers : undefined;
  if (typeof headers !== "object" || headers === null) return undefined;
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
