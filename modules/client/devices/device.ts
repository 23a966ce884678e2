import { accountOfArn, type AccountRef, iamArn } from "../../iam/arn";

/** Which of the four an MFA device is decides where it works: no passkey gives a code for the command line. */
export type DeviceKind = "virtual" | "hardware" | "passkey" | "unknown";

/** One MFA device of a person. */
export interface Device {
  /** ARN of a virtual device or passkey, plain serial number of a hardware token. */
  readonly serial: string;
  /** ISO 8601 UTC. */
  readonly since?: string;
}

/**
 * By the form of the serial. Sources: IAM User Guide, "Identify IAM resources with ARNs" (`mfa/`, `u2f/`), and API reference of
 * EnableMFADevice (hardware: a serial number).
 */
export function deviceKindOf(serial: string): DeviceKind {
  if (/^arn:[^:]+:iam::\d{12}:mfa\/./.test(serial)) return "virtual";
  if (/^arn:[^:]+:iam::\d{12}:u2f\/./.test(serial)) return "passkey";
  return /^[\w-]{1,64}$/.test(serial) ? "hardware" : "unknown";
}

/** True when the device gives six digits; only those open the command line. Source: IAM User Guide, "Configuring MFA-protected API access". */
export function givesCodes(serial: string): boolean {
  return deviceKindOf(serial) === "virtual" || deviceKindOf(serial) === "hardware";
}

/** The last part: what a person called it. */
export function deviceNameOf(serial: string): string {
  return serial.startsWith("arn:") ? (serial.split("/").at(-1) ?? serial) : serial;
}

/** ARN of a virtual device; `path` begins and ends with `/`. */
export function deviceArn(account: AccountRef, path: string, name: string): string {
  return iamArn(account, `mfa${path}${name}`);
}

/** True for the devices which the self-service policy lets this person delete: named after them, or at a path named so. */
export function isDeletable(serial: string, accountId: string, user: string): boolean {
  const account = accountOfArn(serial);
  if (account?.id !== accountId) return false;
  const own = deviceArn(account, "/", user);
  return serial === own || serial.startsWith(`${own}/`);
}
