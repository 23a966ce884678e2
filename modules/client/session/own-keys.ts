import { Refusal } from "../../refusal";
import { didYouMean, quote } from "../../text";
import type { AwsFiles, ProfileSettings } from "../aws-files/reading";
import { type SettledProfile, profileNames, type ReadFiles, readFiles, settleProfile } from "../aws-files/settle";

/** The long-term keys of a person, and what is next to them. */
export interface OwnKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** `profile "default"` or `the environment`; for messages. */
  readonly from: string;
  readonly profile?: string;
  /** Of the profile. */
  readonly region?: string;
  readonly mfaSerial?: string;
  /** Command that prints an MFA code. */
  readonly mfaProcess?: string;
  /** Where STS is, when not at AWS. */
  readonly endpoint?: string;
  /** Where IAM is, when not at AWS. */
  readonly iamEndpoint?: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** There are none, as against those of which it is not clear whose they are. */
export class NoOwnKeys extends Refusal {}

const ADVICE = "name the profile of your own keys with --source-profile, or run: aws configure";

/**
 * The keys of the named profile; without a name those of the environment, else of the profile `default`. AWS_PROFILE is not
 * asked: it may name the very profile that is being filled. Keys of a session in the environment are passed over, since no
 * session can be made from one. Throws with the cure.
 */
export function chooseOwnKeys(env: Env, texts: AwsFiles, named: string | undefined): OwnKeys {
  const files = readFiles(texts);
  const fromEnv = named === undefined ? keysOfEnvironment(env) : undefined;
  const profile = fromEnv === undefined ? (named ?? "default") : undefined;
  const settings = profile === undefined ? undefined : settingsOf(files, profile);
  const keys = fromEnv ?? keysOfProfile(env, files, profile ?? "default", settings);
  const endpoint = endpointOf("STS", env, settings);
  const iamEndpoint = endpointOf("IAM", env, settings);
  const region = settings?.get("region");
  const mfaSerial = env["ROLECALL_MFA_SERIAL"] || settings?.get("mfa_serial");
  const mfaProcess = env["ROLECALL_MFA_PROCESS"] || settings?.get("mfa_process");
  return {
    ...keys,
    ...(profile === undefined ? {} : { profile }),
    ...(region ? { region } : {}),
    ...(mfaSerial ? { mfaSerial } : {}),
    ...(mfaProcess ? { mfaProcess } : {}),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(iamEndpoint === undefined ? {} : { iamEndpoint }),
  };
}

/** What Rolecall takes from a profile of one's own keys. */
const TAKEN = [
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "mfa_serial",
  "mfa_process",
  "endpoint_url",
] as const;

/** Nothing of a profile is taken while it is not sure whose something of it is. */
function settingsOf(files: ReadFiles, profile: string): ProfileSettings | undefined {
  const settled = settleProfile(files, profile);
  if (settled !== undefined) expectSettled(settled, profile, TAKEN);
  return settled?.settings;
}

/** Throws with the places when clients read one of these settings differently. */
export function expectSettled({ disputed }: SettledProfile, profile: string, names: readonly string[]): void {
  const [name, why] = [...disputed].find(([each]) => names.includes(each)) ?? [];
  if (name !== undefined)
    throw new Refusal(
      `clients do not agree on ${name} of profile ${quote(profile)}: ${why}; correct the file first (rolecall doctor names the lines)`,
    );
}

/** Names of the profiles that hold keys themselves. */
function profilesWithKeys(files: ReadFiles): readonly string[] {
  return profileNames(files).filter((name) => settleProfile(files, name)?.settings.has("aws_access_key_id"));
}

type Pair = Pick<OwnKeys, "accessKeyId" | "secretAccessKey" | "from">;

function keysOfEnvironment(env: Env): Pair | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey || env["AWS_SESSION_TOKEN"]) return undefined;
  return { accessKeyId, secretAccessKey, from: "the environment" };
}

function keysOfProfile(env: Env, files: ReadFiles, profile: string, settings: ProfileSettings | undefined): Pair {
  const from = `profile ${quote(profile)}`;
  const session = env["AWS_SESSION_TOKEN"] ? "; the environment holds a session, which cannot take another" : "";
  if (settings === undefined)
    throw new NoOwnKeys(
      `there is no ${from} with your own keys${didYouMean(profile, profilesWithKeys(files))}${session}; ${ADVICE}`,
    );
  const accessKeyId = settings.get("aws_access_key_id");
  const secretAccessKey = settings.get("aws_secret_access_key");
  if (!accessKeyId || !secretAccessKey)
    throw new NoOwnKeys(`${from} holds no aws_access_key_id with its aws_secret_access_key${session}; ${ADVICE}`);
  if (settings.get("aws_session_token"))
    throw new NoOwnKeys(`${from} holds a session, not your own long-term keys; ${ADVICE}`);
  return { accessKeyId, secretAccessKey, from };
}

/** Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints". */
function endpointOf(service: "STS" | "IAM", env: Env, settings: ProfileSettings | undefined): string | undefined {
  if (env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() === "true") return undefined;
  const endpoint = env[`AWS_ENDPOINT_URL_${service}`] || env["AWS_ENDPOINT_URL"] || settings?.get("endpoint_url");
  if (!endpoint) return undefined;
  if (!isPrivateEndpoint(endpoint))
    throw new Refusal(
      `the endpoint ${quote(endpoint)} is neither https nor on this machine, and a session would be sent unencrypted; check AWS_ENDPOINT_URL`,
    );
  return endpoint;
}

/** True for https anywhere and http only to this machine: answers carry secrets. */
export function isPrivateEndpoint(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === "https:" || (protocol === "http:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));
}
