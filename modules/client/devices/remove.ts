import { didYouMean, quote } from "../../text";
import { type Device, givesCodes, isDeletable, deviceKindOf, deviceNameOf } from "./device";

/** What removing one device takes; done so far is left out, so a broken-off removal goes on where it stopped. */
export interface DeviceRemoval {
  readonly serial: string;
  readonly deactivate: boolean;
  /** Only virtual devices are deleted; tokens and passkeys end with being deactivated. */
  readonly delete: boolean;
  /** What the person must know before saying yes. */
  readonly warnings: readonly string[];
}

export interface RemovalQuestion {
  /** Serial number, ARN, or name of the device. */
  readonly wanted: string;
  readonly user: string;
  readonly accountId: string;
  readonly devices: readonly Device[];
  /** Serials of virtual devices which no user has. */
  readonly unassigned: readonly string[];
  /** Whether removing the last device is meant. */
  readonly last: boolean;
}

export type RemovalAnswer =
  | { readonly kind: "removal"; readonly removal: DeviceRemoval }
  | { readonly kind: "refused"; readonly reason: string };

/** Which device is meant and what must happen to it, or why not. */
export function planRemoval(question: RemovalQuestion): RemovalAnswer {
  const { wanted, user, accountId, devices, unassigned, last } = question;
  const halfDone = unassigned.filter((serial) => isDeletable(serial, accountId, user));
  const known = [...devices.map(({ serial }) => serial), ...halfDone];
  const exact = known.filter((serial) => serial === wanted);
  const meant = exact.length > 0 ? exact : known.filter((serial) => deviceNameOf(serial) === wanted);
  const [serial, ...more] = [...new Set(meant)];
  if (serial === undefined) return refused(unknownDevice(wanted, known, unassigned));
  if (more.length > 0)
    return refused(
      `${quote(wanted)} is the name of ${more.length + 1} devices; give the serial number: ${[serial, ...more].join(", ")}`,
    );
  const enabled = devices.some((each) => each.serial === serial);
  if (!enabled) return { kind: "removal", removal: { serial, deactivate: false, delete: true, warnings: [] } };
  const rest = devices.filter((each) => each.serial !== serial);
  if (rest.length === 0 && !last) return refused(LAST);
  return {
    kind: "removal",
    removal: {
      serial,
      deactivate: true,
      delete: deviceKindOf(serial) === "virtual",
      warnings: warningsOf(serial, rest, question),
    },
  };
}

const LAST =
  "it is the last device: without one you can take no role and make no key, and anyone who has your access key could enrol a device. Enrol another one first (rolecall mfa enrol), or give --last";

function refused(reason: string): RemovalAnswer {
  return { kind: "refused", reason };
}

function warningsOf(serial: string, rest: readonly Device[], { user, accountId }: RemovalQuestion): readonly string[] {
  const warnings: string[] = [];
  if (rest.length === 0) warnings.push("it is your last device: until the next one is enrolled you can take no role");
  else if (!rest.some((each) => givesCodes(each.serial)))
    warnings.push("only passkeys remain: they open the console, but give no code for the command line");
  if (deviceKindOf(serial) === "virtual" && !isDeletable(serial, accountId, user))
    warnings.push(
      "you may delete only devices named after you: where AWS refuses, it stays deactivated and an administrator deletes it",
    );
  return warnings;
}

function unknownDevice(wanted: string, known: readonly string[], unassigned: readonly string[]): string {
  const foreign = unassigned.some((serial) => serial === wanted || deviceNameOf(serial) === wanted);
  if (foreign)
    return `${quote(wanted)} is not assigned to a user, and you may delete only devices named after you; ask an administrator`;
  const near = didYouMean(wanted, known.map(deviceNameOf));
  return `you have no device ${quote(wanted)}${near || "; rolecall mfa list shows yours"}`;
}
