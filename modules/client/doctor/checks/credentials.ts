import { describeCaller } from "../../caller";
import { type Check, fail, ok, warn } from "../check";

export const credentials: Check = {
  id: "credentials",
  examine: ({ caller }) => {
    if (!caller.known) return [fail(caller.why, "run aws configure with your own access key")];
    const { kind } = caller.value;
    if (kind === "user") return [ok(describeCaller(caller.value))];
    if (kind === "root")
      return [fail("these are keys of the root user", "delete them in the console at once, and use a person's own")];
    return [
      warn(
        `${describeCaller(caller.value)}: not a person's own keys`,
        "name the profile of your own keys with --source-profile",
      ),
    ];
  },
};
