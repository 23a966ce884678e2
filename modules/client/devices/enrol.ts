import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { explainCodes } from "../mfa/explain-codes";
import { type Answered, giveCodes } from "../mfa/give-codes";
import { type AskCode, typedCode } from "../mfa/typed-code";
import type { DevicePlace } from "./names";
import type { DevicesPort, NewDevice, Screen } from "./ports";

export type Enrolment =
  | { readonly kind: "enrolled"; readonly serial: string; readonly seed: string }
  /** `leftover`: a device that could not be removed again, which nobody has. */
  | { readonly kind: "not-enrolled"; readonly reason: string; readonly leftover?: string }
  /** Neither IAM's answer nor a second look showed it; the device was left alone. */
  | { readonly kind: "unknown"; readonly reason: string; readonly serial: string };

const TRIES = 3;

/**
 * Makes a virtual device at the first free place, shows it, asks for two codes that follow each other and enables it. Whatever
 * else happens (wrong codes three times, Ctrl-C, a refusal) the half-made device is removed again, as far as IAM lets the
 * person: without MFA it does not. `now` in Unix milliseconds. Throws when no device could be made.
 */
export async function enrol(
  port: DevicesPort,
  screen: Screen,
  places: readonly DevicePlace[],
  now: () => number,
): Promise<Enrolment> {
  const device = await createAtFirst(port, places);
  screen.showSeed(device);
  let ending: Ending;
  try {
    ending = await enableWithCodes(port, screen, device, now);
  } finally {
    screen.hideSeed();
  }
  if (ending.kind === "enrolled") return { ...ending, serial: device.serial, seed: device.seed };
  if (ending.kind === "unknown") return { ...ending, serial: device.serial };
  const removed = await port.remove(device.serial).then(
    () => true,
    () => false,
  );
  return { kind: "not-enrolled", reason: ending.reason, ...(removed ? {} : { leftover: device.serial }) };
}

type Ending =
  | { readonly kind: "enrolled" }
  | { readonly kind: "not-enrolled"; readonly reason: string }
  | { readonly kind: "unknown"; readonly reason: string };

async function createAtFirst(port: DevicesPort, places: readonly DevicePlace[]): Promise<NewDevice> {
  for (const place of places) {
    const device = await port.create(place);
    if (device !== undefined) return device;
  }
  const names = places.map(({ name }) => name);
  throw new Refusal(
    `${quote(names[0] ?? "")} and ${names.length - 1} like it are taken; give another name with --name`,
  );
}

type Pair = readonly [string, string];

async function enableWithCodes(
  port: DevicesPort,
  screen: Screen,
  device: NewDevice,
  now: () => number,
): Promise<Ending> {
  const next = (again: string | undefined) => {
    if (again !== undefined) screen.say(`AWS does not accept these two codes: ${again}`);
    return askCodes(screen);
  };
  const give = async (codes: Pair): Promise<Answered<Ending>> => {
    const answer = await enabling(port, device, codes);
    return answer === "wrong-codes"
      ? { kind: "refused", why: explainCodes(device.seed, ...codes, now()) ?? CLOCK }
      : { kind: "taken", value: answer };
  };
  const end = await giveCodes({ tries: TRIES, next }, give);
  if (end.kind === "taken") return end.value;
  if (end.kind === "stopped") return { kind: "not-enrolled", reason: "stopped" };
  return { kind: "not-enrolled", reason: `AWS accepted none of ${TRIES} pairs of codes: ${end.why}` };
}

const CLOCK = "wait for a new one, and check that the phone sets its clock over the network";

async function enabling(
  port: DevicesPort,
  { serial }: NewDevice,
  [first, second]: Pair,
): Promise<Ending | "wrong-codes"> {
  try {
    const answer = await port.enable(serial, first, second);
    return answer === "enabled" ? { kind: "enrolled" } : "wrong-codes";
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The call may have been carried out and its answer lost, or repeated by the SDK and refused the second time.
    const devices = await port.list().catch(() => undefined);
    if (devices === undefined) return { kind: "unknown", reason };
    return devices.some((each) => each.serial === serial) ? { kind: "enrolled" } : { kind: "not-enrolled", reason };
  }
}

async function askCodes(screen: Screen): Promise<Pair | undefined> {
  const ask: AskCode = (question, why) => {
    if (why !== undefined) screen.say(why);
    return screen.ask(question);
  };
  const first = await typedCode(ask, "first code: ");
  if (first === undefined) return undefined;
  screen.say("now wait until the app shows another code (up to 30 seconds)");
  const second = await typedCode(ask, "second code: ", { before: first });
  return second === undefined ? undefined : [first, second];
}
