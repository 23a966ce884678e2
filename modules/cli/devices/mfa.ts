import { type Device, givesCodes, deviceKindOf, deviceNameOf } from "../../client/devices/device";
import { jsonText } from "../json-text";
import { planRemoval, type DeviceRemoval } from "../../client/devices/remove";
import { quote } from "../../text";
import { approve, type Confirm, confirmOnTerminal } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import { orExplain } from "../or-explain";
import { devicesOf, openOwnUser, type SourceOptions, withMfa } from "./own-user";

export interface ListOptions extends SourceOptions {
  readonly json: boolean;
}

/** A person's own devices, one a line. Exit 0 when one of them gives codes, 1 when none does. */
export async function listMfa(context: Context, options: ListOptions): Promise<number> {
  return orExplain(context, async () => {
    const own = await openOwnUser(context, options);
    const { user: person, accountId } = own;
    const devices = await (await devicesOf(own)).list();
    const rows = devices.map(({ serial, since }) => ({
      name: deviceNameOf(serial),
      kind: deviceKindOf(serial),
      ...(since === undefined ? {} : { since }),
      serial,
    }));
    if (options.json) context.stdout(jsonText("mfa list", { person, accountId, devices: rows }));
    else
      for (const { name, kind, since, serial } of rows)
        context.stdout(`${name}  ${kind}  since ${since?.slice(0, 10) ?? "unknown"}  ${serial}\n`);
    const usable = devices.some(({ serial }) => givesCodes(serial));
    if (!usable) context.stderr(noCodes(person, devices));
    return usable ? 0 : 1;
  });
}

function noCodes(user: string, devices: readonly Device[]): string {
  return devices.length === 0
    ? `${quote(user)} has no MFA device: run rolecall mfa enrol, or enrol one in the console\n`
    : "these give no code for the command line: enrol an authenticator app as well, in the console\n";
}

export interface RemoveOptions extends SourceOptions {
  readonly last: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/**
 * Removes one of a person's own devices: deactivates, then deletes; what an earlier try did is not done again. Exit 0 done,
 * 1 refused, not confirmed, or done in part, 2 could not tell.
 */
export async function removeMfa(
  context: Context,
  wanted: string,
  options: RemoveOptions,
  confirm: Confirm = confirmOnTerminal,
): Promise<number> {
  return orExplain(context, async () => {
    const own = await openOwnUser(context, options);
    const port = await devicesOf(own);
    const devices = await port.list();
    const question = { wanted, ...own, devices, unassigned: await port.unassigned(), last: options.last };
    const answer = planRemoval(question);
    if (answer.kind === "refused") {
      context.stderr(`${answer.reason}\n`);
      return 1;
    }
    const { removal } = answer;
    for (const warning of removal.warnings) context.stderr(`warning: ${warning}\n`);
    const what = `remove the MFA device ${quote(removal.serial)} of ${quote(own.user)}? Type yes: `;
    const approved = await approve(context, {
      autoApprove: options.yes,
      question: what,
      confirm,
      cure: "run this in a terminal, or say --yes",
    });
    if (approved !== 0) return approved;
    const able = await withMfa(context, own, devices, { ...options, purpose: "removing a device" });
    return carryOut(context, removal, await devicesOf(able), options.json);
  });
}

async function carryOut(
  context: Context,
  removal: DeviceRemoval,
  port: Awaited<ReturnType<typeof devicesOf>>,
  json: boolean,
): Promise<number> {
  const { serial } = removal;
  if (removal.deactivate) await port.deactivate(serial);
  const failure = removal.delete ? await port.remove(serial).then(() => undefined, failureOf) : undefined;
  const refused = failure?.reason;
  if (json) {
    const deleted = removal.delete && refused === undefined;
    context.stdout(jsonText("mfa remove", { serial, deactivated: removal.deactivate, deleted }));
  }
  if (refused === undefined) {
    context.stderr(`removed: ${quote(serial)}\n`);
    return 0;
  }
  context.stderr(
    `${quote(serial)} is enabled for nobody now, but could not be deleted: ${refused}; run this once more, or ask an administrator\n`,
  );
  return failure?.known === false ? 2 : 1;
}

/** `known` is false where AWS did not answer, so that it may be deleted. */
function failureOf(error: unknown): { readonly known: boolean; readonly reason: string } {
  const known = !(error instanceof Error && error.name === "AnswerError");
  const message = error instanceof Error ? error.message : String(error);
  return { known, reason: known ? quote(message) : message };
}
