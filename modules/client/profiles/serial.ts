import { kindOf } from "../devices/device";
import { quote } from "../../text";

/**
 * Why this cannot be the `mfa_serial` of a person of the user account, or `undefined`: the ARN of a virtual device, or the serial
 * number of a hardware token. Source: AWS STS API Reference, "AssumeRole", SerialNumber.
 */
export function serialProblem(serial: string, userAccountId: string): string | undefined {
  if (kindOf(serial) === "passkey")
    return `${quote(serial)} is a passkey, which gives no code for the command line; name an authenticator app`;
  const account = /^arn:aws:iam::(\d{12}):mfa\/[\w+=,.@/-]{1,200}$/.exec(serial)?.[1];
  if (account === userAccountId || /^[A-Za-z0-9]{9,64}$/.test(serial)) return undefined;
  if (account !== undefined) return `${quote(serial)} is a device of another account; yours is in ${userAccountId}`;
  return `${quote(serial)} is no MFA device; it looks like arn:aws:iam::${userAccountId}:mfa/name (rolecall mfa list shows yours)`;
}
