import { describeCaller } from "../modules/client/caller";
import { type Device, givesCodes, nameOf } from "../modules/client/devices/device";
import { codeProblem, readCode } from "../modules/client/devices/codes";
import type { DevicesPort } from "../modules/client/devices/ports";
import type { Source } from "../modules/live/own-user";
import { quote } from "../modules/text";
import type { Terminal } from "./ask-line";
import type { Context } from "./context";

/** The IAM user of this shell's or profile's credentials. */
export interface OwnUser {
  readonly user: string;
  readonly accountId: string;
  readonly source: Source;
}

/** Which credentials a command about one's own user takes. */
export interface SourceOptions {
  readonly profile?: string;
}

/** IAM is one global service: any region of the partition reaches it. */
export function sourceOf({ env }: Context, { profile }: SourceOptions): Source {
  const region = env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || "us-east-1";
  return { region, ...(profile === undefined ? {} : { profile }) };
}

/** Throws with what to do when there are no credentials, or they are nobody's own. */
export async function openOwnUser(
  context: Context,
  options: SourceOptions,
  source = sourceOf(context, options),
): Promise<OwnUser> {
  const { callerOf } = await import("../modules/live/own-user");
  const caller = await callerOf(source);
  if (caller.kind !== "user")
    throw new Error(
      `these are not a person's own credentials but ${describeCaller(caller)}; name the profile of your own keys with --profile`,
    );
  return { user: caller.user, accountId: caller.accountId, source };
}

export async function devicesOf({ source, user }: Pick<OwnUser, "source" | "user">): Promise<DevicesPort> {
  const { iamClient } = await import("../modules/live/own-user");
  const { liveDevices } = await import("../modules/live/devices");
  return liveDevices(iamClient(source), user);
}

/** The same user with MFA: as it is when it has a session already, else with a code asked for; `undefined` without one. */
export async function withMfa(
  context: Context,
  own: OwnUser,
  devices: readonly Device[],
  open: () => Terminal,
): Promise<OwnUser | undefined> {
  const { isSession, mfaSession } = await import("../modules/live/own-user");
  if (await isSession(own.source)) return own;
  const device = devices.find(({ serial }) => givesCodes(serial));
  if (device === undefined) {
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
  const typed = await terminal.ask(`code of ${quote(nameOf(device.serial))}: `).finally(terminal.close);
  const code = readCode(typed ?? "");
  const problem = typed === undefined ? "stopped; nothing was changed" : codeProblem(code);
  if (problem !== undefined) {
    context.stderr(`${problem}\n`);
    return undefined;
  }
  const credentials = await mfaSession(own.source, device.serial, code);
  return { ...own, source: { region: own.source.region, credentials } };
}
