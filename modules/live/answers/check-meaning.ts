import { isRecord, quote } from "../../text";

/** What an answer must agree with. */
export interface AnswerContext {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Of the account that is asked, where it is known. */
  readonly accountId?: string;
  /** AWS's time, by the answer's own date. */
  readonly at: Date;
}

/** Names in a request that the answer repeats: one about somebody else answers another question. */
const REPEATED = ["UserName", "RoleName", "GroupName", "PolicyName", "VersionId"] as const;

/** ARNs of things of the asked account; of policies also AWS's own. */
const OWN_ARNS = ["Arn", "PolicyArn", "PermissionsBoundaryArn", "SerialNumber"];

/** Why a well-formed answer is not about what was asked; `undefined` when it is. */
export function meaningProblem(asked: AnswerContext, output: Readonly<Record<string, unknown>>): string | undefined {
  return (
    repeatedProblem(asked, output) ??
    (asked.action === "CreateVirtualMFADevice" ? deviceProblem(asked, output["VirtualMFADevice"]) : undefined) ??
    (asked.action === "AssumeRole" ? takenProblem(asked, output) : undefined) ??
    (asked.action === "GetCallerIdentity" ? callerProblem(output) : undefined) ??
    ("Credentials" in output ? credentialsProblem(asked, output["Credentials"]) : undefined)
  );
}

/** Names compare as IAM compares them: without case. */
function repeatedProblem({ input, accountId, action }: AnswerContext, output: Readonly<Record<string, unknown>>) {
  for (const [name, value] of pairsIn(output)) {
    if (typeof value !== "string") continue;
    const wanted = REPEATED.some((each) => each === name) ? input[name] : undefined;
    if (typeof wanted === "string" && wanted.toLowerCase() !== value.toLowerCase())
      return `it is about the ${name} ${quote(value)}, not ${quote(wanted)}`;
    if (name === "Arn" && action === "GetPolicy" && value !== input["PolicyArn"])
      return `it is about ${quote(value)}, not ${quote(String(input["PolicyArn"]))}`;
    if (name === "Path" && typeof input["PathPrefix"] === "string" && !value.startsWith(input["PathPrefix"]))
      return `it holds the path ${quote(value)}, which was not asked for`;
    if (accountId !== undefined && OWN_ARNS.includes(name) && isOfAnother(value, accountId))
      return `it is about another account (${quote(value)})`;
  }
  return undefined;
}

function isOfAnother(value: string, accountId: string): boolean {
  const [arn, , service, , owner] = value.split(":");
  return arn === "arn" && service === "iam" && owner !== accountId && !(owner === "aws" && value.includes(":policy/"));
}

/** Every named value of the answer, at any depth; documents are text and stay closed. */
function* pairsIn(value: unknown): Generator<readonly [string, unknown]> {
  if (Array.isArray(value)) for (const item of value) yield* pairsIn(item);
  else if (isRecord(value) && !(value instanceof Date) && !ArrayBuffer.isView(value))
    for (const [name, inner] of Object.entries(value)) {
      if (name === "$metadata") continue;
      yield [name, inner];
      yield* pairsIn(inner);
    }
}

function deviceProblem({ input }: AnswerContext, device: unknown): string | undefined {
  const serial = isRecord(device) ? String(device["SerialNumber"]) : "";
  const wanted = `:mfa${String(input["Path"] ?? "/")}${String(input["VirtualMFADeviceName"])}`;
  return serial.endsWith(wanted) ? undefined : `it is about ${quote(serial)}, not ${quote(wanted)}`;
}

function takenProblem({ input }: AnswerContext, output: Readonly<Record<string, unknown>>): string | undefined {
  const taken = output["AssumedRoleUser"];
  const arn = isRecord(taken) ? String(taken["Arn"]) : "";
  const [, partition = "", , , account = "", ...rest] = String(input["RoleArn"]).split(":");
  const role = rest.join(":").split("/").at(-1);
  const wanted = `arn:${partition}:sts::${account}:assumed-role/${role}/${String(input["RoleSessionName"])}`;
  return arn === wanted ? undefined : `it is a session ${quote(arn)}, not ${quote(wanted)}`;
}

function callerProblem({ Arn: arn, Account: account }: Readonly<Record<string, unknown>>): string | undefined {
  return String(arn).split(":")[4] === account
    ? undefined
    : `${quote(String(arn))} is not in ${quote(String(account))}`;
}

/** The longest session AWS gives, and what clocks and answers may be late. Source: AWS STS API Reference, "GetSessionToken". */
const [LONGEST_SECONDS, SLACK_SECONDS] = [36 * 3600, 300];

function credentialsProblem({ input, at }: AnswerContext, credentials: unknown): string | undefined {
  const {
    AccessKeyId: id,
    SecretAccessKey: secret,
    SessionToken: token,
    Expiration: end,
  } = isRecord(credentials) ? credentials : {};
  const isWord = (value: unknown) => typeof value === "string" && /^[\x21-\x7e]{1,16384}$/.test(value);
  if (![id, secret, token].every(isWord)) return "it holds no usable credentials";
  const seconds = end instanceof Date ? (end.getTime() - at.getTime()) / 1000 : Number.NaN;
  if (!(seconds > 0)) return "its credentials have already expired";
  const asked = typeof input["DurationSeconds"] === "number" ? input["DurationSeconds"] : LONGEST_SECONDS;
  return seconds <= asked + SLACK_SECONDS ? undefined : "its credentials last longer than AWS gives";
}
