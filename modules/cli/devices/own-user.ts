import { existsSync } from "node:fs";
import { describeCaller } from "../../client/caller";
import type { Device } from "../../client/devices/device";
import type { DevicesPort } from "../../client/devices/ports";
import { deviceSerial } from "../../client/mfa/choose-device";
import { signIn } from "../../client/mfa/sign-in";
import { readKept } from "../../client/session/cached";
import type { OwnKeys } from "../../client/session/own-keys";
import type { TemporaryKeys } from "../../client/session/ports";
import type { Source } from "../../live/own-user";
import type { Context } from "../../machine/context";
import { homeRegion } from "../roster/home-region";
import { chooseCodes } from "../session/session-codes";
import { identityOf, readOwnKeys } from "../session/session-own-keys";
import { cacheFolder, openStore } from "../session/session-store";
import { Refusal } from "../../refusal";

/** The IAM user whose own keys these are. */
export interface OwnUser {
  readonly user: string;
  readonly accountId: string;
  readonly source: Source;
  readonly keys: OwnKeys;
  /** When the code of a session was given, in Unix milliseconds; absent for one begun just now, and for keys only. */
  readonly mfaSince?: number;
}

/** Whose keys a command about one's own user takes. */
export interface SourceOptions {
  /** @default the environment's, else those of the profile `default` */
  readonly sourceProfile?: string | undefined;
  /** The device to take a code of. @default the one there is */
  readonly mfaSerial?: string | undefined;
  /** Whether the code comes from standard input. */
  readonly mfaStdin?: boolean | undefined;
}

/** The keys as a source; their profile may name an endpoint as well. */
export async function sourceOf(context: Context, keys: OwnKeys): Promise<Source> {
  const { accessKeyId, secretAccessKey, profile, region: own } = keys;
  const credentials = { accessKeyId, secretAccessKey };
  const region = await homeRegion(context, { profileRegion: own });
  return { region, credentials, ...(profile === undefined ? {} : { profile }) };
}

/** Throws with what to do when there are no keys, or they are not a person's. */
export async function openOwnUser(context: Context, { sourceProfile }: SourceOptions): Promise<OwnUser> {
  const { callerOf } = await import("../../live/own-user");
  const keys = await readOwnKeys(context, sourceProfile);
  const source = await sourceOf(context, keys);
  const caller = await callerOf(source);
  if (caller.kind !== "user")
    throw new Refusal(
      `these keys (${keys.from}) are not a person's own but those of ${describeCaller(caller)}; name another profile with --source-profile`,
    );
  return { user: caller.user, accountId: caller.accountId, source, keys };
}

export async function devicesOf({ source, user }: Pick<OwnUser, "source" | "user">): Promise<DevicesPort> {
  const { iamClient } = await import("../../live/own-user");
  const { liveDevices } = await import("../../live/devices");
  return liveDevices(iamClient(source), user);
}

/** Seconds: the shortest session there is. Source: AWS STS API Reference, "GetSessionToken". */
const SESSION_SECONDS = 900;

/**
 * The same user with MFA: through a session that is kept from earlier, else one begun with a code only for this command.
 * `purpose` says what the code is for. Throws with the cure when there is no device, no code, or a wrong one.
 */
export async function withMfa(
  context: Context,
  own: OwnUser,
  devices: readonly Device[],
  { mfaSerial, mfaStdin, purpose }: SourceOptions & { readonly purpose: string },
): Promise<OwnUser> {
  const kept = keptSession(context, own);
  if (kept !== undefined) return kept;
  const serial = await deviceSerial(mfaSerial ?? own.keys.mfaSerial, own.user, async () => devices);
  const sources = { stdin: mfaStdin === true, command: own.keys.mfaProcess, purpose };
  const codes = await chooseCodes(context, sources, serial);
  const { liveSts } = await import("../../live/session");
  const sts = liveSts({ ...own.keys, region: own.source.region });
  const { granted } = await signIn({ sts, codes, now: () => Date.now() }, { serial, seconds: SESSION_SECONDS });
  return inSession(own, granted.keys);
}

/** Time for a command with questions in between. */
const ENOUGH_MS = 5 * 60_000;

/** The session that `rolecall credentials` keeps for these keys, while it lasts. */
export function keptSession(context: Context, own: OwnUser): OwnUser | undefined {
  const folder = cacheFolder(context.env);
  if (!existsSync(folder)) return undefined;
  const now = context.now.getTime();
  const kept = readKept(openStore(folder, () => {}).read(`session-${identityOf(own.keys)}`), now);
  return kept === undefined || kept.endsAt - now < ENOUGH_MS
    ? undefined
    : { ...inSession(own, kept.keys), mfaSince: kept.startedAt };
}

/** Takes a session away that was begun with keys which are no longer used; at AWS it lasts until its end. */
export function forgetSession(context: Context, { keys }: OwnUser): void {
  const folder = cacheFolder(context.env);
  if (existsSync(folder)) openStore(folder, () => {}).remove(`session-${identityOf(keys)}`);
}

/** The end of a session is text there and a date in the SDK; none of these commands lasts so long. */
function inSession(own: OwnUser, { accessKeyId, secretAccessKey, sessionToken }: TemporaryKeys): OwnUser {
  return { ...own, source: { ...own.source, credentials: { accessKeyId, secretAccessKey, sessionToken } } };
}
