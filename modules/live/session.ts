import {
  AssumeRoleCommand,
  type Credentials,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import { type Caller, readCaller } from "../client/caller";
import type { Device } from "../client/devices/device";
import type { Granted, SessionRefused, StsPort, TemporaryKeys } from "../client/session/ports";
import { errorName, isDenied } from "./aws-problem";
import { openIam, openSts } from "./clients";
import { liveDevices } from "./devices";
import { ask } from "./send";
import { explainSessionError, ServerClock, watchClock } from "./session-answers";
import { Refusal } from "../refusal";

/** A person's own keys, and where they are used. */
export interface SessionSource {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Profile the keys are of: its settings (proxy, endpoints) count, whatever AWS_PROFILE says. */
  readonly profile?: string;
  /** @default AWS's own */
  readonly endpoint?: string;
  readonly iamEndpoint?: string;
  readonly region: string;
}

export interface LiveSts extends StsPort {
  /** Who the person's own keys belong to. */
  readonly caller: () => Promise<Caller>;
  readonly devices: (user: string) => Promise<readonly Device[]>;
}

/** Attempts of a call that somebody waits for. */
const ATTEMPTS = { attempts: 3 };

/** The calls that a session takes. What they throw are sentences with a cure. */
export function liveSts(source: SessionSource): LiveSts {
  const clock = new ServerClock();
  const { accessKeyId, secretAccessKey, profile, endpoint, iamEndpoint, region } = source;
  const common = { region, ...(profile === undefined ? {} : { profile }) };
  const own = { accessKeyId, secretAccessKey };
  const at = endpoint === undefined ? {} : { endpoint };
  const client = (credentials: typeof own) =>
    watchClock(openSts({ ...common, ...at, credentials, systemClockOffset: clock.offsetMs() }), clock);
  const sentence = (error: unknown): never => {
    throw new Refusal(explainSessionError(error, clock));
  };
  return {
    startSession: async (serial, code, seconds) => {
      const command = new GetSessionTokenCommand({ SerialNumber: serial, TokenCode: code, DurationSeconds: seconds });
      // Once only: a second try with the same code is refused, and would hide why the first one failed.
      const answer = await ask(client(own), command, { attempts: 1 }).catch(wrongCodeOr(sentence, clock));
      return answer === "wrong-code" ? answer : granted(answer.Credentials, clock);
    },
    takeRole: async ({ expiration: _, ...session }, RoleArn, RoleSessionName) => {
      // No duration: AWS gives the hour that role chaining is limited to, and refuses to hear of more.
      const command = new AssumeRoleCommand({ RoleArn, RoleSessionName });
      const answer = await ask(client(session), command, ATTEMPTS).catch(
        (error: unknown) => notTaken(error) ?? sentence(error),
      );
      if (answer === "ended" || "refused" in answer) return answer;
      return granted(answer.Credentials, clock);
    },
    caller: async () => {
      const { Arn } = await ask(client(own), new GetCallerIdentityCommand({}), ATTEMPTS).catch(sentence);
      return readCaller(Arn ?? "");
    },
    devices: (user) => {
      const there = iamEndpoint === undefined ? {} : { endpoint: iamEndpoint };
      const iam = watchClock(openIam({ ...common, ...there, credentials: own }), clock);
      return liveDevices(iam, user).list().catch(sentence);
    },
  };
}

/**
 * AWS's answer to a wrong and to a used code is the same. A clock that is wrong here explains it, if the code was made here.
 * Source: 1Password/shell-plugins#180, which quotes it: "MultiFactorAuthentication failed with invalid MFA one time pass code."
 */
function wrongCodeOr(otherwise: (error: unknown) => never, clock: ServerClock): (error: unknown) => "wrong-code" {
  return (error) =>
    isDenied(error) &&
    error instanceof Error &&
    /invalid MFA one time pass code/i.test(error.message) &&
    clock.offsetMs() === 0
      ? "wrong-code"
      : otherwise(error);
}

function notTaken(error: unknown): "ended" | SessionRefused | undefined {
  if (["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId"].includes(errorName(error))) return "ended";
  return isDenied(error) && error instanceof Error ? { refused: error.message } : undefined;
}

function granted(credentials: Credentials | undefined, clock: ServerClock): Granted {
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration } = credentials ?? {};
  const end = Expiration === undefined || Number.isNaN(Expiration.getTime()) ? new Date(0) : Expiration;
  const keys: TemporaryKeys = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: `${end.toISOString().slice(0, 19)}Z`,
  };
  return { keys, livesMs: end.getTime() - clock.nowMs() };
}
