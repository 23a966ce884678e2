import { quote } from "../../../text";
import { givesCodes, kindOf, nameOf } from "../../devices/device";
import { withoutCaller } from "../no-caller";
import { type Check, fail, ok, unknown } from "../check";

export const mfaDevice: Check = {
  id: "mfa",
  examine: ({ devices, caller }) => {
    if (!devices.known)
      return [
        unknown(
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
    return [ok(usable.map((serial) => `${quote(nameOf(serial))} (${kindOf(serial)})`).join(", "))];
  },
};
