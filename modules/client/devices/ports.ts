import type { Device } from "./device";
import type { DevicePlace } from "./names";

/** A device that exists and is not enabled yet. The seed is a secret: it goes to the person's screen and nowhere else. */
export interface NewDevice {
  readonly serial: string;
  readonly seed: string;
}

/** What IAM answered to codes. */
export type Enabling =
  | "enabled"
  /** The codes do not fit: the device stays as it is. */
  | "wrong-codes";

/** MFA devices of one IAM user, in IAM. Without MFA the self-service policy refuses `deactivate` and `remove`. */
export interface DevicesPort {
  /** Enabled devices of the person. */
  readonly list: () => Promise<readonly Device[]>;
  /** Serials of the account's virtual devices which no user has: what enrolments that broke off left behind. */
  readonly unassigned: () => Promise<readonly string[]>;
  /** `undefined` when the place is taken. */
  readonly create: (place: DevicePlace) => Promise<NewDevice | undefined>;
  readonly enable: (serial: string, first: string, second: string) => Promise<Enabling>;
  /** Nothing to do is not an error, here and below. */
  readonly deactivate: (serial: string) => Promise<void>;
  readonly remove: (serial: string) => Promise<void>;
}

/** Talk with the person at the terminal. */
export interface Screen {
  readonly say: (line: string) => void;
  /** Shows the way to the seed, so that it can be taken away again. */
  readonly showSeed: (device: NewDevice) => void;
  readonly hideSeed: () => void;
  /** What was typed; `undefined` on Ctrl-C or the end of input. */
  readonly ask: (question: string) => Promise<string | undefined>;
}
