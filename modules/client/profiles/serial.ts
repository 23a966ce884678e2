import { deviceKindOf } from "../devices/device";
import { accountOfArn, type AccountRef, iamArn } from "../../iam/arn";
import { quote } from "../../text";

/**
 * Why this cannot be the `mfa_serial` of a person of the user account, or `undefined`: the ARN of a virtual device, or the serial
 * number of a hardware token. Source: AWS STS API Reference, "AssumeRole", SerialNumber.
 */
export function serialProblem(serial: string, userAccount: AccountRef): string | undefined {
  if (deviceKindOf(serial) === "passkey")
    return `${quote(serial)} is a passkey, which gives no code for the command line; name an authenticator app`;
  const account = /^arn:[\w-]+:iam::\d{12}:mfa\/[\w+=,.@/-]{1,200}$/.test(serial) ? accountOfArn(serial) : undefined;
  const isOwn = account?.id === userAccount.id && account.partition === userAccount.partition;
  if (isOwn || /^[A-Za-z0-9]{9,64}$/.test(serial)) return undefined;
  if (account !== undefined)
    return `${quote(serial)} is a device of another account; yours begins with ${iamArn(userAccount, "mfa/")}`;
  return `${quote(serial)} is not an MFA device; one looks like ${iamArn(userAccount, "mfa/name")} (rolecall mfa list shows yours)`;
}
