import { createHmac } from "node:crypto";
import { chooseOwnKeys, type OwnKeys } from "../../client/session/own-keys";
import type { Context } from "../../machine/context";
import { readAwsFiles } from "../devices/read-aws-files";

/** The person's long-term keys, from the places the aws client looks at. Throws with the cure. */
export async function readOwnKeys(context: Pick<Context, "env" | "root">, named: string | undefined): Promise<OwnKeys> {
  const { env } = context;
  return chooseOwnKeys(env, await readAwsFiles(context), named || env["ROLECALL_SOURCE_PROFILE"] || undefined);
}

/**
 * Stands for these keys at this place in the names of files. Keyed with the secret: an identity with another secret or another
 * endpoint never finds the first one's sessions, and the name gives nothing away.
 */
export function identityOf({ accessKeyId, secretAccessKey, endpoint = "aws" }: OwnKeys): string {
  return createHmac("sha256", secretAccessKey)
    .update(`rolecall\n${accessKeyId}\n${endpoint}`)
    .digest("hex")
    .slice(0, 40);
}
