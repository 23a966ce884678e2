import { type AccessKey, daysSince, useText } from "../../keys/key";
import { withoutCaller } from "../no-caller";
import { type Check, type Diagnosis, ok, unclear, warn } from "../check";
import { countOf } from "../../../words";

export const keyAge: Check = {
  id: "keys",
  examine: ({ keys, caller, now, maxKeyDays }) => {
    if (!keys.known)
      return [
        unclear(
          `the age of your keys is not known: ${keys.why}`,
          withoutCaller(caller)?.cure ?? "rolecall doctor --mfa asks for a code and looks",
        ),
      ];
    const found = keys.value.flatMap((key) => problemsOf(key, now, maxKeyDays));
    return found.length > 0
      ? found
      : [ok(keys.value.map((key) => `${key.id} is ${ageText(key, now)}`).join(", ") || "no access keys")];
  },
};

function problemsOf(key: AccessKey, now: Date, maxKeyDays: number): readonly Diagnosis[] {
  if (!key.active)
    return [
      warn(
        `${key.id} is inactive and still exists`,
        "rolecall keys rotate deletes a key that it has replaced; delete any other in the console",
      ),
    ];
  if (daysSince(key.created, now) <= maxKeyDays) return [];
  return [warn(`${key.id} is ${ageText(key, now)}, ${useText(key)}`, "rolecall keys rotate")];
}

function ageText({ created }: AccessKey, now: Date): string {
  const days = daysSince(created, now);
  return `${countOf(days, "day", "days")} old`;
}
