import type { IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { isDenied } from "./aws-problem";
import { type Caller, readCaller } from "../client/caller";
import { openIam, openSts } from "./clients";
import { REAL_TIME } from "./answers/patience";
import { AnswerError, ask, usualPatience } from "./send";
import { seconds } from "../words";

export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Which credentials to use: a profile, or given ones, else the SDK's provider chain. */
export interface Source {
  readonly profile?: string;
  readonly credentials?: SessionKeys;
  readonly region: string;
}

/** Asks for the role for 15 minutes and lets go of what it gets: AWS's words when it refuses, else `undefined`. */
export async function refusalOf(source: Source, roleArn: string, sessionName: string): Promise<string | undefined> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds: 900 });
  try {
    await ask(openSts(source), command);
    return undefined;
  } catch (error) {
    if (isDenied(error)) return error instanceof Error ? error.message : "";
    throw error;
  }
}

export function iamClient(source: Source): IAMClient {
  return openIam(source);
}

/** The credentials themselves, with their end where the source gives it. The SDK waits for them without a limit. */
export async function credentialsOf(source: Source): Promise<SessionKeys & { readonly expiration?: Date }> {
  const { attempt } = usualPatience();
  return new Promise((resolve, reject) => {
    const late = new AnswerError(
      "no-answer",
      `no credentials within ${seconds(attempt / 1000)}; check where they come from`,
    );
    const cancel = REAL_TIME.alarm(attempt, () => reject(late));
    openSts(source).config.credentials().then(resolve, reject).finally(cancel);
  });
}

/** Who the credentials belong to; needs no right and works without MFA. Source: AWS STS API Reference, "GetCallerIdentity". */
export async function callerOf(source: Source): Promise<Caller> {
  const { Arn: arn } = await ask(openSts(source), new GetCallerIdentityCommand({}));
  return readCaller(arn ?? "");
}
