import { profileNames, readFiles, settleProfile } from "../../client/aws-files/settle";
import { expectSettled } from "../../client/session/own-keys";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { readAwsFiles } from "./read-aws-files";

/** Static keys of a profile, where it has them and nothing goes before them. */
export interface StaticKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What decides whose credentials a profile gives. */
const IDENTITY = [
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "role_arn",
  "source_profile",
  "credential_source",
  "credential_process",
  "sso_session",
  "login_session",
  "web_identity_token_file",
];

/**
 * Before the SDK's own chain is asked: the profile it would come to is one about which clients agree, and its sources as well. Gives
 * its keys where it has any, since the SDK does not read every form of a profile. Throws with the cure; says nothing of a profile that
 * is not there.
 */
export async function expectSettledProfile(
  context: Pick<Context, "env" | "root">,
  given?: string,
): Promise<StaticKeys | undefined> {
  const { env } = context;
  const named = given ?? (env["AWS_PROFILE"] || undefined);
  // Keys of the environment go before the profile `default`.
  if (named === undefined && env["AWS_ACCESS_KEY_ID"] && env["AWS_SECRET_ACCESS_KEY"]) return undefined;
  const files = readFiles(await readAwsFiles(context));
  const seen = new Set<string>();
  let first: ReadonlyMap<string, string> | undefined;
  for (let name: string | undefined = named ?? "default"; name !== undefined && !seen.has(name); ) {
    seen.add(name);
    const profile = settleProfile(files, name);
    if (profile === undefined) break;
    expectSettled(profile, name, IDENTITY);
    first ??= profile.settings;
    name = profile.settings.get("source_profile");
  }
  return first === undefined ? undefined : keysOf(first, named ?? "default", profileNames(files, "sdk"));
}

function keysOf(
  settings: ReadonlyMap<string, string>,
  name: string,
  sdkNames: readonly string[],
): StaticKeys | undefined {
  const [accessKeyId, secretAccessKey] = [settings.get("aws_access_key_id"), settings.get("aws_secret_access_key")];
  const sessionToken = settings.get("aws_session_token");
  const has = (setting: string) => settings.has(setting);
  if (accessKeyId && secretAccessKey && has("credential_process") && !has("role_arn"))
    throw new Refusal(
      `profile ${quote(name)} has keys and a credential_process: the aws client takes the process, the JavaScript SDK and Terraform take the keys; remove one of the two`,
    );
  if (accessKeyId && secretAccessKey && !has("role_arn"))
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  if (!sdkNames.includes(name) && IDENTITY.some(has))
    throw new Refusal(
      `profile ${quote(name)} is written so that the aws client reads it and the JavaScript SDK, which runs here, does not; give it a name of letters, digits and _ @ . + - without quotes (rolecall doctor names the line)`,
    );
  return undefined;
}
