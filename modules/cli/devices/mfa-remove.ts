import type { Command } from "@commander-js/extra-typings";
import type { DevicesPort } from "../../client/devices/ports";
import { planRemoval, type DeviceRemoval } from "../../client/devices/remove";
import { type Confirm, confirmOnTerminal, nobodyToAsk } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { Answer } from "../answer";
import { define } from "../command";
import { jsonFlag, withOwnKeys } from "../flags";
import { devicesOf, openOwnUser, withMfa } from "./own-user";

const usage = (command: Command) =>
  withOwnKeys(command.argument("<device>"))
    .option("--last", "even when it is the only one", false)
    .option("--yes", "do not ask; needed without a terminal", false)
    .addOption(jsonFlag());

export type RemoveOptions = ReturnType<ReturnType<typeof usage>["opts"]>;

/** Exit 0 done, 1 refused, not confirmed, or done in part, 2 could not tell. */
export const removeMfa = define(
  {
    name: "mfa remove",
    about: "deactivate and delete one of your devices, by its name or serial number; takes MFA",
    usage,
  },
  (context, options, device) => removeOwnDevice(context, options, device, confirmOnTerminal),
);

/** Removes one of a person's own devices: deactivates, then deletes; what an earlier run did is not done again. */
export async function removeOwnDevice(
  context: Context,
  options: RemoveOptions,
  wanted: string,
  confirm: Confirm,
): Promise<Answer> {
  const own = await openOwnUser(context, options);
  const port = await devicesOf(own);
  const devices = await port.list();
  const question = { wanted, ...own, devices, unassigned: await port.unassigned(), last: options.last };
  const plan = planRemoval(question);
  if (plan.kind === "refused") throw new Refusal(plan.reason, { exit: 1 });
  const { removal } = plan;
  for (const warning of removal.warnings) context.stderr(`warning: ${warning}\n`);
  if (!options.yes) {
    const nobody = nobodyToAsk(context, "run this in a terminal, or give --yes");
    if (nobody !== undefined) throw new Refusal(nobody);
    if (!(await confirm(`remove the MFA device ${quote(removal.serial)} of ${quote(own.user)}? Type yes: `)))
      throw new Refusal("not confirmed; nothing was changed", { exit: 1 });
  }
  const able = await withMfa(context, own, devices, { ...options, purpose: "removing a device" });
  return carryOut(removal, await devicesOf(able));
}

async function carryOut(removal: DeviceRemoval, port: DevicesPort): Promise<Answer> {
  const { serial } = removal;
  if (removal.deactivate) await port.deactivate(serial);
  const failure = removal.delete ? await port.remove(serial).then(() => undefined, failureOf) : undefined;
  const data = { serial, deactivated: removal.deactivate, deleted: removal.delete && failure === undefined };
  if (failure === undefined) return { exit: 0, data, talk: [`removed: ${quote(serial)}`] };
  const line = `${quote(serial)} is deactivated, but could not be deleted: ${failure.reason}; run this again, or ask an administrator`;
  return { exit: failure.known ? 1 : 2, data, talk: [line] };
}

/** `known` is false where AWS did not answer, so that it may be deleted. */
function failureOf(error: unknown): { readonly known: boolean; readonly reason: string } {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof Error && error.name === "AnswerError"
    ? { known: false, reason: message }
    : { known: true, reason: quote(message) };
}
