import { quote } from "../../text";
import { isLock } from "../../people/lock";
import { type AuditCheck, itemsOf } from "../check";
import { daysBetween, type PersonCredentials } from "../facts";

/** Everybody signs in or uses a key now and then, and no offboarding stopped halfway. */
export const unusedPeople: AuditCheck = ({ accounts, now, limits }) =>
  accounts.flatMap((account) => {
    const { finding } = itemsOf("people", account);
    const credentials = account.people?.credentials;
    const idle = credentials?.known ? credentials.value.people : [];
    const users = account.live.known ? account.live.value.users : [];
    return [
      ...idle
        .filter((person) => daysBetween(lastSeen(person), now) > limits.unusedDays)
        .map((person) => {
          const seen =
            lastSeen(person) === person.created ? "has never signed in since the user was created" : "was last seen";
          const days = daysBetween(lastSeen(person), now);
          return finding(
            `${quote(person.name)} ${seen} ${days} days ago`,
            "ask the person, and offboard them if they need no access",
          );
        }),
      ...users
        .filter(({ attached }) => attached.some(isLock))
        .map(({ name }) =>
          finding(`an offboarding of ${quote(name)} stopped halfway`, "run rolecall offboard again; it goes on"),
        ),
    ];
  });

function lastSeen({ created, passwordLastUsed, keys }: PersonCredentials): Date {
  const times = [created, passwordLastUsed, ...keys.map(({ lastUsed }) => lastUsed)].filter(
    (each) => each !== undefined,
  );
  return times.reduce((latest, each) => (each.getTime() > latest.getTime() ? each : latest), created);
}
