import { quote } from "../../../text";
import { givesCodes, deviceKindOf, deviceNameOf } from "../../devices/device";
import { withoutCaller } from "../no-caller";
import { type Check, fail, ok, unclear } from "../check";

export const mfaDevice: Check = {
  id: "mfa",
  examine: ({ devices, caller }) => {
    if (!devices.known)
      return [
        unclear(
          `MFA devices are not known: ${devices.why}`,
          withoutCaller(caller)?.cure ?? "run rolecall doctor again with a person's own keys, when AWS answers",
        ),
      ];
    const serials = devices.value.map(({ serial }) => serial);
    if (serials.length === 0) return [fail("no MFA device: no role can be taken", "rolecall mfa enrol")];
    const usable = serials.filter(givesCodes);
    if (usable.length === 0)
      return [
        fail(
          "only passkeys: they open the console, and give no code for the command line",
          "sign in to the console with one, and enrol an authenticator app there as well",
        ),
      ];
    return [ok(usable.map((serial) => `${quote(deviceNameOf(serial))} (${deviceKindOf(serial)})`).join(", "))];
  },
};
