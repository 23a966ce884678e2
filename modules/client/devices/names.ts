import { quote } from "../../text";
import { deviceArn } from "./device";

/** Where a new virtual device goes. */
export interface DevicePlace {
  /** Begins and ends with `/`. */
  readonly path: string;
  readonly name: string;
}

const MAX_SERIAL = 256;
const MAX_TRIES = 20;

/**
 * Places to try, in this order: the wished name, else the person's own, then the same with -2, -3 and so on. Only these may
 * be deleted by the person afterwards: the device named after them, and those at the path named so.
 */
export function places(user: string, wished?: string): readonly DevicePlace[] {
  const base = wished ?? user;
  const first = base === user ? { path: "/", name: user } : { path: `/${user}/`, name: base };
  const further = Array.from({ length: MAX_TRIES - 1 }, (_, i) => ({ path: `/${user}/`, name: `${base}-${i + 2}` }));
  return [first, ...further];
}

/**
 * Why a person cannot call a device so, or `undefined`. The name is a part of the serial number, which `EnableMFADevice` takes
 * up to 256 characters of. Source: IAM API Reference, "CreateVirtualMFADevice" and "EnableMFADevice".
 */
export function nameProblem(user: string, name: string): string | undefined {
  const longest =
    MAX_SERIAL - deviceArn({ partition: "aws-us-gov", id: "111111111111" }, `/${user}/`, `-${MAX_TRIES}`).length;
  if (/^[\w+=,.@-]+$/.test(name) && name.length <= longest) return undefined;
  return `invalid device name ${quote(name)}; use at most ${longest} letters, digits and _+=,.@-`;
}
