import { quote } from "../../text";
import { type AuditCheck, ifKnown, itemsOf } from "../check";
import type { CredentialFacts } from "../facts";
import type { AuditItem } from "../item";

/** Everybody who can sign in or has a key has an MFA device; and every device belongs to a user. */
export const mfa: AuditCheck = ({ accounts }) =>
  accounts.flatMap((account) => {
    if (account.people === undefined) return [];
    const { finding, note, unknown } = itemsOf("mfa", account);
    const { credentials, strayDevices } = account.people;
    return [
      ...ifKnown(
        credentials,
        (why) => unknown("who has an MFA device", why),
        (facts) => withoutDevice(facts, finding),
      ),
      ...ifKnown(
        strayDevices,
        (why) => unknown("unassigned devices", why),
        (serials) =>
          serials.map((serial) =>
            note(
              `the MFA device ${quote(serial)} is not assigned to a user`,
              "an enrolment was not finished; delete the device",
            ),
          ),
      ),
    ];
  });

function withoutDevice(
  { people }: CredentialFacts,
  finding: (message: string, cure: string) => AuditItem,
): readonly AuditItem[] {
  return people
    .filter(({ hasMfa }) => !hasMfa)
    .flatMap(({ name, hasPassword, keys }) => [
      ...(keys.length > 0
        ? [
            finding(
              `${quote(name)} has an access key and no MFA device: anybody who has the key can enrol one`,
              "delete the key, and create another after enrolling",
            ),
          ]
        : []),
      ...(hasPassword
        ? [
            finding(
              `${quote(name)} has a password and no MFA device: anybody who has the password can enrol one`,
              "have a device enrolled today, or delete the password and invite the person again",
            ),
          ]
        : []),
    ]);
}
