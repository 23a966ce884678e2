import { type Device, givesCodes, deviceKindOf, deviceNameOf } from "../../client/devices/device";
import { quote } from "../../text";
import { define } from "../command";
import { jsonFlag, withOwnKeys } from "../flags";
import { devicesOf, openOwnUser } from "./own-user";

/** A person's own devices, one a line. Exit 0 when one of them gives codes, 1 when none does. */
export const listMfa = define(
  {
    name: "mfa list",
    about: "your devices: name, kind, since when, serial number",
    usage: (command) => withOwnKeys(command).addOption(jsonFlag()),
  },
  async (context, options) => {
    const own = await openOwnUser(context, options);
    const { user: person, accountId } = own;
    const devices = await (await devicesOf(own)).list();
    const rows = devices.map(({ serial, since }) => ({
      name: deviceNameOf(serial),
      kind: deviceKindOf(serial),
      since,
      serial,
    }));
    const usable = devices.some(({ serial }) => givesCodes(serial));
    return {
      exit: usable ? 0 : 1,
      data: { person, accountId, devices: rows },
      text: rows
        .map(
          ({ name, kind, since = "unknown", serial }) => `${name}  ${kind}  since ${since.slice(0, 10)}  ${serial}\n`,
        )
        .join(""),
      talk: usable ? [] : [noCodes(person, devices)],
    };
  },
);

function noCodes(user: string, devices: readonly Device[]): string {
  return devices.length === 0
    ? `${quote(user)} has no MFA device; run rolecall mfa enrol, or enrol one in the console`
    : "none of these gives codes for the command line; enrol an authenticator app as well, in the console";
}
