import { type Device, givesCodes, isDeletable } from "../../client/devices/device";
import { jsonText } from "../json-text";
import { enrol, type Enrolment } from "../../client/devices/enrol";
import { nameProblem, places } from "../../client/devices/names";
import { otpauthUri } from "../../client/devices/otpauth";
import type { DevicesPort } from "../../client/devices/ports";
import { quote } from "../../text";
import { openTerminal, type Terminal } from "../../machine/prompt";
import type { Context } from "../../machine/context";
import { orExplain } from "../or-explain";
import { devicesOf, type OwnUser, openOwnUser, type SourceOptions, withMfa } from "./own-user";
import { readRoster } from "../roster/read-roster";
import { type Stored, storeSeed } from "../../machine/store-seed";
import { terminalScreen } from "./terminal-screen";

export interface EnrolOptions extends SourceOptions {
  readonly name?: string;
  readonly roster?: string;
  /** Whether the seed goes into the system's keychain as well. */
  readonly keychain: boolean;
  readonly json: boolean;
}

/** Of one user, all kinds together. Source: IAM User Guide, "IAM and AWS STS quotas". */
const MOST_DEVICES = 8;

/** AWS wants the first device's code before it takes another with keys, and a passkey has none. */
const ONLY_PASSKEYS =
  "your devices are passkeys, which give no codes, and without one AWS adds no device from here: sign in to the console and enrol an authenticator app there, named exactly like you";

/** Makes and enables an authenticator app for oneself. Exit 0 enrolled, 1 not, 2 could not tell. */
export async function enrolMfa(
  context: Context,
  options: EnrolOptions,
  terminal: () => Terminal = openTerminal,
): Promise<number> {
  if (!context.isTty) {
    context.stderr("enrolling needs a terminal: the code is for your eyes and goes nowhere else\n");
    return 2;
  }
  return orExplain(context, async () => {
    const own = await openOwnUser(context, options);
    const problem = options.name === undefined ? undefined : nameProblem(own.user, options.name);
    if (problem !== undefined) {
      context.stderr(`${problem}\n`);
      return 2;
    }
    const devices = await (await devicesOf(own)).list();
    if (devices.length >= MOST_DEVICES) {
      context.stderr(`${quote(own.user)} has ${devices.length} MFA devices, the most there can be; remove one first\n`);
      return 1;
    }
    if (devices.length > 0 && !devices.some(({ serial }) => givesCodes(serial))) {
      context.stderr(`${ONLY_PASSKEYS}\n`);
      return 1;
    }
    if (devices.length > 0)
      context.stderr("you have a device already, and AWS wants its code before you add another\n");
    const able =
      devices.length === 0 ? own : await withMfa(context, own, devices, { ...options, purpose: "adding a device" });
    return enrolAs(context, able, devices, options, terminal());
  });
}

async function enrolAs(
  context: Context,
  own: OwnUser,
  devices: readonly Device[],
  { name, roster, keychain, json }: EnrolOptions,
  terminal: Terminal,
): Promise<number> {
  const port = await devicesOf(own);
  const issuer = await issuerOf(context, roster);
  const view = {
    write: context.stderr,
    ask: terminal.ask,
    rows: process.stderr.rows ?? 0,
    columns: process.stderr.columns ?? 0,
    codes: context.env["TERM"] !== "dumb",
  };
  const screen = terminalScreen(view, ({ seed }) => otpauthUri({ issuer, ...own }, seed));
  try {
    const result = await enrol(port, screen, places(own.user, name), Date.now);
    if (json) context.stdout(jsonText("mfa enrol", { ...withoutSeed(result) }));
    if (keychain && result.kind === "enrolled") await keepSeed(context, result.serial, result.seed);
    return await report(context, own, result, port, devices.length === 0);
  } finally {
    terminal.close();
  }
}

/** The device is enabled by now: a keychain that does not take the seed costs only typing. */
async function keepSeed(context: Context, serial: string, seed: string): Promise<void> {
  context.stderr(`${KEPT[await storeSeed(context.env, serial, seed)]}\n`);
}

const KEPT: Readonly<Record<Stored, string>> = {
  stored: "the seed is in the keychain: codes come by themselves from now on",
  locked:
    "the keychain is locked and did not take the seed; type codes from your app, and unlock it before you enrol the next time",
  refused: "the keychain did not take the seed; type codes from your app",
  "no program":
    "there is no keychain program here (secret-tool, of libsecret-tools) to take the seed; type codes from your app",
};

/** The seed leaves this process on the screen and, when wished, into the keychain; never as data. */
function withoutSeed(result: Enrolment): object {
  if (result.kind !== "enrolled") return result;
  const { seed: _, ...rest } = result;
  return rest;
}

async function report(
  context: Context,
  { user, accountId }: OwnUser,
  result: Enrolment,
  port: DevicesPort,
  first: boolean,
): Promise<number> {
  if (result.kind === "unknown") {
    context.stderr(
      `whether ${quote(result.serial)} is enabled is not known (${quote(result.reason)}); run rolecall mfa list, and keep the entry in your app until then\n`,
    );
    return 2;
  }
  if (result.kind === "not-enrolled") {
    context.stderr(`not enrolled: ${result.reason}; remove the entry from your app again\n`);
    if (result.leftover !== undefined) context.stderr(leftoverText(result.leftover));
    return 1;
  }
  context.stderr(`enrolled: ${quote(result.serial)}\n`);
  if (first) context.stderr("in the console, sign out and in again: only a sign-in with a code opens anything else\n");
  const left = await port.unassigned().catch(() => []);
  for (const serial of left.filter((each) => isDeletable(each, accountId, user)))
    context.stderr(`left over from a try that broke off: ${quote(serial)}; rolecall mfa remove deletes it\n`);
  return 0;
}

function leftoverText(serial: string): string {
  return `${quote(serial)} is left over and belongs to nobody: harmless, and the next try takes another name. Deleting it takes MFA: rolecall mfa remove, once you have a device, or an administrator\n`;
}

/** Told apart by the organization where there is a roster; its findings are not this command's matter. */
async function issuerOf(context: Context, path: string | undefined): Promise<string> {
  const roster = await readRoster(context, path);
  return roster.ok ? `AWS ${roster.value.organization}` : "AWS";
}
