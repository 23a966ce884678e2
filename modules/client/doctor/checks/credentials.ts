import { describeCaller } from "../../caller";
import { type Check, type Diagnosis, fail, ok, unclear, warn } from "../check";
import type { NoCaller } from "../facts";

const CONFIGURE = "run aws configure with your own access key";

const NO_CALLER: Readonly<Record<NoCaller, (why: string) => Diagnosis>> = {
  "no-keys": (why) => fail(why, CONFIGURE),
  "unclear-keys": (why) => fail(why, "correct that, then run rolecall doctor again"),
  refused: (why) => fail(why, CONFIGURE),
  "no-answer": (why) =>
    unclear(`the owner of these keys is not known: ${why}`, "run rolecall doctor again when AWS answers"),
};

export const credentialsCheck: Check = {
  id: "credentials",
  examine: ({ caller, unreadable }) => {
    if (!caller.known) {
      // The check of the profiles has the same reason, and its cure.
      const why = unreadable.includes(caller.why) ? "the owner of these keys is not clear: see profiles" : caller.why;
      return [NO_CALLER[caller.because](why)];
    }
    const { kind } = caller.value;
    if (kind === "user") return [ok(describeCaller(caller.value))];
    if (kind === "root")
      return [
        fail("these are keys of the root user", "delete them in the console immediately, and use a person's own"),
      ];
    return [
      warn(
        `${describeCaller(caller.value)}: not a person's own keys`,
        "name the profile of your own keys with --source-profile",
      ),
    ];
  },
};
