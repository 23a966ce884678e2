import {
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  EntityAlreadyExistsException,
  type IAMClient,
  InvalidAuthenticationCodeException,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
} from "@aws-sdk/client-iam";
import type { Device } from "../client/devices/device";
import type { DevicePlace } from "../client/devices/names";
import { isSeed } from "../client/devices/otpauth";
import type { DevicesPort, Enabling, NewDevice } from "../client/devices/ports";
import { Refusal } from "../refusal";
import { compareText } from "../text";
import { askAll } from "./ask-all";
import { readBack } from "./read-back";
import { ask } from "./send";
import { unlessMissing } from "./unless-missing";

/** The MFA devices of one IAM user. The user's name goes with every call: without it a person's own policy refuses. */
export function liveDevices(iam: IAMClient, user: string): DevicesPort {
  return {
    list: () => list(iam, user),
    unassigned: () => unassignedDevices(iam),
    create: (place) => create(iam, place),
    enable: (serial, first, second) => enable(iam, user, serial, [first, second]),
    deactivate: (SerialNumber) =>
      readBack(
        () => unlessMissing(ask(iam, new DeactivateMFADeviceCommand({ UserName: user, SerialNumber }))),
        async () => !(await list(iam, user)).some(({ serial }) => serial === SerialNumber),
      ),
    remove: (SerialNumber) =>
      readBack(
        () => unlessMissing(ask(iam, new DeleteVirtualMFADeviceCommand({ SerialNumber }))),
        async () => !(await unassignedDevices(iam)).includes(SerialNumber),
      ),
  };
}

async function list(client: IAMClient, UserName: string): Promise<readonly Device[]> {
  const found = await askAll(client, ListMFADevicesCommand, { UserName }, ({ MFADevices }) => MFADevices);
  const devices = found.map(({ SerialNumber: serial = "", EnableDate }): Device => {
    return { serial, ...(EnableDate === undefined ? {} : { since: EnableDate.toISOString() }) };
  });
  return devices.sort((a, b) => compareText(a.serial, b.serial));
}

/** Serial numbers of the account's virtual devices that belong to nobody. */
export async function unassignedDevices(client: IAMClient): Promise<readonly string[]> {
  const input = { AssignmentStatus: "Unassigned" } as const;
  const found = await askAll(client, ListVirtualMFADevicesCommand, input, (page) => page.VirtualMFADevices);
  return found.map(({ SerialNumber }) => SerialNumber ?? "").sort(compareText);
}

async function create(iam: IAMClient, { path, name }: DevicePlace): Promise<NewDevice | undefined> {
  const command = new CreateVirtualMFADeviceCommand({ Path: path, VirtualMFADeviceName: name });
  const answer = await ask(iam, command).catch((error: unknown) => {
    if (error instanceof EntityAlreadyExistsException) return undefined;
    throw error;
  });
  if (answer === undefined) return undefined;
  const { SerialNumber: serial, Base32StringSeed: bytes } = answer.VirtualMFADevice ?? {};
  const seed = Buffer.from(bytes ?? []).toString("utf8");
  // Never with the seed in the message.
  if (!serial || !isSeed(seed)) throw new Refusal("AWS made a device without a usable seed; run this again");
  return { serial, seed };
}

async function enable(
  iam: IAMClient,
  UserName: string,
  SerialNumber: string,
  [AuthenticationCode1, AuthenticationCode2]: readonly [string, string],
): Promise<Enabling> {
  try {
    await ask(iam, new EnableMFADeviceCommand({ UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 }));
    return "enabled";
  } catch (error) {
    if (error instanceof InvalidAuthenticationCodeException) return "wrong-codes";
    throw error;
  }
}
