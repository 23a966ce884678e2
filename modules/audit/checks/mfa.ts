import { quote } from "../../text";
import { type AuditCheck, ifKnown, itemsOf } from "../check";

/** Whoever can sign in or has a key has an MFA device; and devices belong to somebody. */
export const mfa: AuditCheck = ({ accounts }) =>
  accounts.flatMap((account) => {
    const { finding, note, unknown } = itemsOf("mfa", account);
    if (account.people === undefined) return [];
    const { credentials, strayDevices } = account.people;
    return [
      ...ifKnown(
        credentials,
        (why) => unknown("who has an MFA device", why),
        ({ people }) =>
          people
            .filter(({ hasMfa }) => !hasMfa)
            .flatMap(({ name, hasPassword, keys }) => [
              ...(keys.length > 0
                ? [
                    finding(
                      `${quote(name)} has an access key and no MFA device: whoever holds the key can enrol one`,
                      "delete the key; it is made anew after enrolling",
                    ),
                  ]
                : []),
              ...(hasPassword
                ? [
                    finding(
                      `${quote(name)} has a password and no MFA device: whoever has the password can enrol one`,
                      "see that they enrol today, or delete the password and invite again",
                    ),
                  ]
                : []),
            ]),
      ),
      ...ifKnown(
        strayDevices,
        (why) => unknown("devices that nobody has", why),
        (serials) =>
          serials.map((serial) =>
            note(`the MFA device ${quote(serial)} belongs to nobody`, "an enrolment broke off; delete the device"),
          ),
      ),
    ];
  });
