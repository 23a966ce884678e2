import { quote } from "../../text";
import { type AuditCheck, itemsOf } from "../check";
import { type AuditFacts, daysBetween, type KeyCredentials } from "../facts";

/** Access keys are new and in use; nobody has another kind of long-lived key. */
export const keys: AuditCheck = (facts) =>
  facts.accounts.flatMap((account) => {
    const { finding } = itemsOf("keys", account);
    // The check of MFA reports credentials that were not read.
    if (!account.people?.credentials.known) return [];
    return account.people.credentials.value.people.flatMap(({ name, keys: active, hasCertificate }) => [
      ...active.flatMap((key) =>
        faultOf(key, facts).map(([what, cure]) => finding(`${quote(name)} has ${what}`, cure)),
      ),
      ...(hasCertificate
        ? [finding(`${quote(name)} has an active signing certificate`, "delete it; nothing in Rolecall needs one")]
        : []),
    ]);
  });

function faultOf(
  { made, lastUsed }: KeyCredentials,
  { now, limits }: AuditFacts,
): readonly (readonly [string, string])[] {
  const age = daysBetween(made, now);
  const idle = daysBetween(lastUsed ?? made, now);
  if (idle > limits.unusedDays) {
    const since =
      lastUsed === undefined
        ? `an access key ${age} days old that was never used`
        : `an access key unused for ${idle} days`;
    return [[since, "ask the person to delete it"]];
  }
  return age > limits.keyDays
    ? [[`an access key ${age} days old`, "ask the person to rotate it: rolecall keys rotate"]]
    : [];
}
