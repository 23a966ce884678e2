import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { type Device, givesCodes, deviceKindOf, deviceNameOf } from "../devices/device";

/** Serial of the device to ask a code of: the named one, else the one to choose of the person's own. Throws a Refusal. */
export async function deviceSerial(
  named: string | undefined,
  user: string,
  devices: () => Promise<readonly Device[]>,
): Promise<string> {
  return named === undefined ? chooseDevice(await devices(), user) : expectSerial(named);
}

/** The only one that gives codes, else the one named after its owner. */
function chooseDevice(devices: readonly Device[], user: string): string {
  const withCodes = devices.filter(({ serial }) => givesCodes(serial));
  const [only, ...more] = withCodes;
  if (only === undefined)
    throw new Refusal(
      devices.length === 0
        ? `${user} has no MFA device; run: rolecall mfa enrol`
        : `the MFA devices of ${user} are passkeys, which give no codes; enrol an authenticator app as well, in the console`,
    );
  if (more.length === 0) return only.serial;
  const own = withCodes.filter(({ serial }) => deviceNameOf(serial) === user && deviceKindOf(serial) === "virtual");
  if (own.length === 1 && own[0] !== undefined) return own[0].serial;
  const list = withCodes.map(({ serial }) => quote(serial)).join(", ");
  throw new Refusal(
    `${user} has ${withCodes.length} MFA devices; name one with --mfa-serial, or as mfa_serial in the profile of your keys: ${list}`,
  );
}

function expectSerial(serial: string): string {
  if (givesCodes(serial)) return serial;
  throw new Refusal(
    `${quote(serial)} is not an MFA device that gives codes; rolecall mfa list shows yours (its ARN ends in :mfa/<name>)`,
  );
}
