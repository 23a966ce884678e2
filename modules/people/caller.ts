import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type AccountRef, userArn } from "../iam/arn";
import { awsProblem } from "../live/aws-problem";
import { openSts } from "../live/clients";
import { ask } from "../live/send";

/** ARN of whoever's credentials this process has. */
export async function callerArn(region: string): Promise<string> {
  const { Arn } = await ask(openSts({ region }), new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw new Error(`whose credentials these are cannot be told: ${awsProblem(error)}`);
  });
  if (Arn === undefined) throw new Error("AWS does not say whose credentials these are");
  return Arn;
}

/** True for the person's own user, and for a session that bears the person's name, as sessions of tier roles do. */
export function isSame(arn: string, userAccount: AccountRef, person: string): boolean {
  const own = arn === userArn(userAccount, "/", person);
  return own || (arn.includes(":assumed-role/") && arn.split("/").at(-1) === person);
}
