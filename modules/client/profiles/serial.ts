import { givesCodes, kindOf } from "../devices/device";
import { quote } from "../../text";

/** Why this cannot be the `mfa_serial` of a person of the user account, or `undefined`. */
export function serialProblem(serial: string, userAccountId: string): string | undefined {
  if (kindOf(serial) === "passkey")
    return `${quote(serial)} is a passkey, which gives no code for the command line; name an authenticator app`;
  const ours = serial.startsWith(`arn:aws:iam::${userAccountId}:mfa/`) && /^[\w+=,.@:/-]{9,256}$/.test(serial);
  if (ours || (kindOf(serial) === "hardware" && /^[A-Za-z0-9]{9,64}$/.test(serial))) return undefined;
  if (givesCodes(serial) && serial.startsWith("arn:"))
    return `${quote(serial)} is a device of another account; yours is in ${userAccountId}`;
  return `${quote(serial)} is no MFA device; it looks like arn:aws:iam::${userAccountId}:mfa/name (rolecall mfa list shows yours)`;
}
