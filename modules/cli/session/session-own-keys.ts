import { createHmac } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { chooseOwnKeys, type OwnKeys } from "../../client/session/own-keys";
import { quote } from "../../text";
import { awsFile } from "../devices/aws-files";
import { errorCode } from "../../machine/error-code";

/** Far above any person's file. */
const MAX_BYTES = 4_000_000;

/** The person's long-term keys, from the places the aws client looks at. Throws with the cure. */
export function readOwnKeys(env: NodeJS.ProcessEnv, named: string | undefined): OwnKeys {
  const files = { config: readText(awsFile(env, "config")), credentials: readText(awsFile(env, "credentials")) };
  return chooseOwnKeys(env, files, named || env["ROLECALL_SOURCE_PROFILE"] || undefined);
}

function readText(file: string): string {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return "";
    if (!stat.isFile() || stat.size > MAX_BYTES) throw new Error(`${quote(file)} is no file that can hold profiles`);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && !("code" in error)) throw error;
    throw new Error(`${quote(file)} cannot be read (${errorCode(error)}); look at its owner and mode`);
  }
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
