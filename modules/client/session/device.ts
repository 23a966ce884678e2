import { quote } from "../../text";
import type { Caller } from "../caller";
import { describeCaller } from "../caller";
import { type Device, givesCodes, deviceKindOf, deviceNameOf } from "../devices/device";

/** Throws unless the keys are this person's, in this user account: AWS would refuse, and not say why. */
export function expectOwner(caller: Caller, person: string, userAccountId: string, from: string): void {
  const cure = "name the profile of the right keys with --source-profile";
  if (caller.kind !== "user")
    throw new Error(`the keys of ${from} are not a person's own but of ${describeCaller(caller)}; ${cure}`);
  if (caller.accountId !== userAccountId)
    throw new Error(
      `the keys of ${from} belong to the account ${caller.accountId}, and the roster's user account is ${userAccountId}; ${cure}`,
    );
  if (caller.user !== person)
    throw new Error(`the keys of ${from} belong to ${quote(caller.user)}, and this is for ${quote(person)}; ${cure}`);
}

/** The device to ask a code of: the only one that gives codes, else the one named after its owner. Throws with the cure. */
export function chooseDevice(devices: readonly Device[], user: string): string {
  const able = devices.filter(({ serial }) => givesCodes(serial));
  const [only, ...more] = able;
  if (only === undefined)
    throw new Error(
      devices.length === 0
        ? `${user} has no MFA device; run: rolecall mfa enrol`
        : `the MFA devices of ${user} are passkeys, which give no codes; enrol an authenticator app as well, in the console`,
    );
  if (more.length === 0) return only.serial;
  const own = able.filter(({ serial }) => deviceNameOf(serial) === user && deviceKindOf(serial) === "virtual");
  if (own.length === 1 && own[0] !== undefined) return own[0].serial;
  const list = able.map(({ serial }) => quote(serial)).join(", ");
  throw new Error(
    `${user} has ${able.length} MFA devices; name one with --mfa-serial, or as mfa_serial in the profile of your keys: ${list}`,
  );
}

/** Throws when no device can have this serial. */
export function expectSerial(serial: string): string {
  if (givesCodes(serial)) return serial;
  throw new Error(
    `${quote(serial)} is no MFA device that gives codes; rolecall mfa list shows yours (its ARN ends in :mfa/<name>)`,
  );
}
