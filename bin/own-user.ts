import { existsSync } from "node:fs";
import { describeCaller } from "../modules/client/caller";
import { type Device, givesCodes, nameOf } from "../modules/client/devices/device";
import { codeProblem, readCode } from "../modules/client/devices/codes";
import type { DevicesPort } from "../modules/client/devices/ports";
import { readKept } from "../modules/client/session/cached";
import type { OwnKeys } from "../modules/client/session/own-keys";
import type { Source } from "../modules/live/own-user";
import { quote } from "../modules/text";
import type { Terminal } from "./ask-line";
import type { Context } from "./context";
import { identityOf, readOwnKeys } from "./session-own-keys";
import { cacheFolder, openStore } from "./session-store";

/** The IAM user whose own keys these are. */
export interface OwnUser {
  readonly user: string;
  readonly accountId: string;
  readonly source: Source;
  readonly keys: OwnKeys;
  /** When the code of a session was given, in Unix milliseconds; absent for one begun just now, and for keys alone. */
  readonly mfaSince?: number;
}

/** Whose keys a command about one's own user takes. */
export interface SourceOptions {
  /** @default the environment's, else those of the profile `default` */
  readonly sourceProfile?: string;
}

/** IAM is one global service: any region of the partition reaches it. */
export function regionOf({ env }: Pick<Context, "env">): string {
  return env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || "us-east-1";
}

/** The keys as a source; their profile may name an endpoint as well. */
export function sourceOf(context: Context, { accessKeyId, secretAccessKey, profile }: OwnKeys): Source {
  const credentials = { accessKeyId, secretAccessKey };
  return { region: regionOf(context), credentials, ...(profile === undefined ? {} : { profile }) };
}

/** Throws with what to do when there are no keys, or they are no person's. */
export async function openOwnUser(context: Context, { sourceProfile }: SourceOptions): Promise<OwnUser> {
  const { callerOf } = await import("../modules/live/own-user");
  const keys = readOwnKeys(context.env, sourceProfile);
  const source = sourceOf(context, keys);
  const caller = await callerOf(source);
  if (caller.kind !== "user")
    throw new Error(
      `these keys (${keys.from}) are not a person's own but those of ${describeCaller(caller)}; name another profile with --source-profile`,
    );
  return { user: caller.user, accountId: caller.accountId, source, keys };
}

export async function devicesOf({ source, user }: Pick<OwnUser, "source" | "user">): Promise<DevicesPort> {
  const { iamClient } = await import("../modules/live/own-user");
  const { liveDevices } = await import("../modules/live/devices");
  return liveDevices(iamClient(source), user);
}

/** The same user with MFA: through a session that is kept from earlier, else with a code asked for; `undefined` without one. */
export async function withMfa(
  context: Context,
  own: OwnUser,
  devices: readonly Device[],
  open: () => Terminal,
): Promise<OwnUser | undefined> {
  const kept = keptSession(context, own);
  if (kept !== undefined) return kept;
  const serial = own.keys.mfaSerial ?? devices.find((each) => givesCodes(each.serial))?.serial;
  if (serial === undefined) {
    context.stderr(
      devices.length === 0
        ? "this takes MFA, and you have no device: run rolecall mfa enrol\n"
        : "this takes a code, and passkeys give none: do it in the console, or have an administrator do it\n",
    );
    return undefined;
  }
  if (!context.isTty) {
    context.stderr("this takes an MFA code, and there is no terminal to ask on\n");
    return undefined;
  }
  const terminal = open();
  const typed = await terminal.ask(`code of ${quote(nameOf(serial))}: `).finally(terminal.close);
  const code = readCode(typed ?? "");
  const problem = typed === undefined ? "stopped; nothing was changed" : codeProblem(code);
  if (problem !== undefined) {
    context.stderr(`${problem}\n`);
    return undefined;
  }
  const { mfaSession } = await import("../modules/live/own-user");
  return { ...own, source: { ...own.source, credentials: await mfaSession(own.source, serial, code) } };
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
    : { ...own, source: { ...own.source, credentials: kept.keys }, mfaSince: kept.startedAt };
}
