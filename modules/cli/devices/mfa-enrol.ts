import type { Command } from "@commander-js/extra-typings";
import { type Device, givesCodes, isDeletable } from "../../client/devices/device";
import { enrol, type Enrolment } from "../../client/devices/enrol";
import { nameProblem, places } from "../../client/devices/names";
import { otpauthUri } from "../../client/devices/otpauth";
import type { DevicesPort } from "../../client/devices/ports";
import { openTerminal, type Terminal } from "../../machine/prompt";
import type { Context } from "../../machine/context";
import { type Stored, storeSeed } from "../../machine/store-seed";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { Answer } from "../answer";
import { define } from "../command";
import { jsonFlag, rosterFlag, withOwnKeys } from "../flags";
import { readRoster } from "../roster/read-roster";
import { devicesOf, type OwnUser, openOwnUser, withMfa } from "./own-user";

const usage = (command: Command) =>
  withOwnKeys(command)
    .option("--name <device>", "name of the device (default: your user name, then with -2 and so on)")
    .option("--keychain", "keep the seed in this system's keychain as well: codes then come by themselves", false)
    .addOption(rosterFlag())
    .addOption(jsonFlag());

export type EnrolOptions = ReturnType<ReturnType<typeof usage>["opts"]>;

/** Makes and enables an authenticator app for oneself. Exit 0 enrolled, 1 not, 2 could not tell. */
export const enrolMfa = define(
  {
    name: "mfa enrol",
    about: "make an authenticator app your MFA device: shows a QR code, asks for two codes and enables it",
    usage,
  },
  (context, options) => enrolOwnDevice(context, options, openTerminal),
);

/** Of one user, all kinds together. Source: IAM User Guide, "IAM and AWS STS quotas". */
const MOST_DEVICES = 8;

/** AWS wants the first device's code before it takes another with keys, and a passkey has none. */
const ONLY_PASSKEYS =
  "your devices are passkeys, which give no codes, and AWS asks for a code to add a device from here: sign in to the console and enrol an authenticator app there, named exactly like you";

export async function enrolOwnDevice(
  context: Context,
  options: EnrolOptions,
  terminal: () => Terminal,
): Promise<Answer> {
  if (!context.isTty) throw new Refusal("enrolling needs a terminal: the code is shown there and nowhere else");
  const own = await openOwnUser(context, options);
  const problem = options.name === undefined ? undefined : nameProblem(own.user, options.name);
  if (problem !== undefined) throw new Refusal(problem);
  const devices = await (await devicesOf(own)).list();
  expectRoom(own, devices);
  const first = devices.length === 0;
  if (!first) context.stderr("you already have a device; AWS asks for its code before you add another\n");
  const able = first ? own : await withMfa(context, own, devices, { ...options, purpose: "adding a device" });
  return enrolAs(context, able, options, { first, terminal: terminal() });
}

/** One more device is allowed, and can be added from here. */
function expectRoom({ user }: OwnUser, devices: readonly Device[]): void {
  if (devices.length >= MOST_DEVICES)
    throw new Refusal(`${quote(user)} has ${devices.length} MFA devices, the most that AWS allows; remove one first`, {
      exit: 1,
    });
  if (devices.length > 0 && !devices.some(({ serial }) => givesCodes(serial)))
    throw new Refusal(ONLY_PASSKEYS, { exit: 1 });
}

async function enrolAs(
  context: Context,
  own: OwnUser,
  { name, roster, keychain }: EnrolOptions,
  { first, terminal }: { readonly first: boolean; readonly terminal: Terminal },
): Promise<Answer> {
  const port = await devicesOf(own);
  const issuer = await issuerOf(context, roster);
  const view = {
    write: context.stderr,
    ask: terminal.ask,
    rows: process.stderr.rows ?? 0,
    columns: process.stderr.columns ?? 0,
    codes: context.env["TERM"] !== "dumb",
  };
  // With the drawing of QR codes, which the list of commands does not need.
  const { terminalScreen } = await import("./terminal-screen");
  const screen = terminalScreen(view, ({ seed }) => otpauthUri({ issuer, ...own }, seed));
  try {
    const result = await enrol(port, screen, places(own.user, name), Date.now);
    const kept = keychain && result.kind === "enrolled" ? [await keepSeed(context, result.serial, result.seed)] : [];
    const { exit, lines } = await endOf(result, own, port, first);
    return { exit, data: withoutSeed(result), talk: [...kept, ...lines] };
  } finally {
    terminal.close();
  }
}

/** The device is enabled by now: a keychain that does not take the seed costs only typing. */
async function keepSeed({ env }: Context, serial: string, seed: string): Promise<string> {
  return KEPT[await storeSeed(env, serial, seed)];
}

const KEPT: Readonly<Record<Stored, string>> = {
  stored: "the seed is in the keychain: codes come by themselves from now on",
  locked:
    "the keychain is locked and did not store the seed; type codes from your app, and unlock it before you enrol the next time",
  refused: "the keychain did not store the seed; type codes from your app",
  "no program":
    "there is no keychain program here (secret-tool, of libsecret-tools) to store the seed; type codes from your app",
};

/** The seed leaves this process on the screen and, when wished, into the keychain; never as data. */
function withoutSeed(result: Enrolment): object {
  if (result.kind !== "enrolled") return result;
  const { seed: _, ...rest } = result;
  return rest;
}

async function endOf(
  result: Enrolment,
  { user, accountId }: OwnUser,
  port: DevicesPort,
  first: boolean,
): Promise<{ readonly exit: 0 | 1 | 2; readonly lines: readonly string[] }> {
  if (result.kind === "unknown") {
    const line = `whether ${quote(result.serial)} is enabled is not known (${quote(result.reason)}); run rolecall mfa list, and keep the entry in your app until then`;
    return { exit: 2, lines: [line] };
  }
  if (result.kind === "not-enrolled") {
    const left = result.leftover === undefined ? [] : [leftoverText(result.leftover)];
    return { exit: 1, lines: [`not enrolled: ${result.reason}; remove the entry from your app`, ...left] };
  }
  const left = await port.unassigned().catch(() => []);
  return {
    exit: 0,
    lines: [
      `enrolled: ${quote(result.serial)}`,
      ...(first ? ["in the console, sign out and in again: only a sign-in with a code opens anything else"] : []),
      ...left
        .filter((each) => isDeletable(each, accountId, user))
        .map((serial) => `left over from an earlier attempt: ${quote(serial)}; rolecall mfa remove deletes it`),
    ],
  };
}

function leftoverText(serial: string): string {
  return `${quote(serial)} is left over and not assigned to a user: it is harmless, and the next attempt uses another name. Deleting it takes MFA: run rolecall mfa remove once you have a device, or ask an administrator`;
}

/** Names the organization where there is a roster; this command does not report the roster's findings. */
async function issuerOf(context: Context, path: string | undefined): Promise<string> {
  const roster = await readRoster(context, path);
  return roster.ok ? `AWS ${roster.value.organization}` : "AWS";
}
