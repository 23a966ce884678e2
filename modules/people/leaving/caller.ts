import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type AccountRef, userArn } from "../../iam/arn";
import { expectedReason } from "../../live/aws-problem";
import { openSts } from "../../live/clients";
import { ask } from "../../live/send";
import { Refusal } from "../../refusal";

/** ARN of the credentials that this process has. */
export async function callerArn(region: string): Promise<string> {
  const { Arn } = await ask(openSts({ region }), new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw new Refusal(`AWS does not say whose credentials these are: ${expectedReason(error)}`);
  });
  if (Arn === undefined) throw new Refusal("AWS does not say whose credentials these are; run this again");
  return Arn;
}

/** True for the person's own user, and for a session with the person's name, which sessions of tier roles have. */
export function isSame(arn: string, userAccount: AccountRef, person: string): boolean {
  const own = arn === userArn(userAccount, "/", person);
  return own || (arn.includes(":assumed-role/") && arn.split("/").at(-1) === person);
}
