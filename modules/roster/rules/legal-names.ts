import type { Finding, Place } from "../../finding";
import { quote } from "../../text";
import type { Roster } from "../roster";
import { finding, type Rule } from "../rule";

const USER_NAME = /^[A-Za-z0-9_+=,.@-]{2,64}$/;
const KEY = /^[a-z][a-z0-9-]{0,39}$/;
/** Groups, stacks and accounts that Rolecall or AWS needs itself. */
const RESERVED: Readonly<Record<string, readonly string[]>> = {
  account: ["user"],
  team: ["people"],
  tier: ["user", "rolecall"],
};

/** Beginnings of role names that AWS keeps for service-linked roles and Identity Center; IAM ignores case. */
const AWS_ROLES = /^aws(servicerolefor|reservedsso)/;

/**
 * Names are ones that IAM, Terraform and a file system accept as they are: people any IAM user name of 2 characters or more (sessions bear it), the
 * rest lower-case letters, digits and hyphens, so that two names never become one Terraform key.
 */
export const legalNames: Rule = (roster) => [...userNames(roster), ...keys(roster), ...stacks(roster)];

function userNames({ people }: Roster): readonly Finding[] {
  return people
    .filter(({ key }) => !USER_NAME.test(key))
    .map(({ key, place }) => {
      const message = `invalid IAM user name ${quote(key)}; use 2 to 64 letters, digits and + = , . @ _ -`;
      return finding("bad-user-name", place, message);
    });
}

function keys({ accounts, teams, tiers }: Roster): readonly Finding[] {
  const kinds = [
    ["account", accounts],
    ["team", teams],
    ["tier", tiers],
  ] as const;
  return kinds.flatMap(([kind, items]) =>
    items.flatMap(({ key, place }) => {
      if (RESERVED[kind]?.includes(key) || (kind === "tier" && AWS_ROLES.test(key))) {
        const message = `the ${kind} name ${quote(key)} is reserved; choose another`;
        return [finding("reserved-word", place, message)];
      }
      return KEY.test(key) ? [] : [badName(kind, key, place)];
    }),
  );
}

function stacks({ userAccount, accounts }: Roster): readonly Finding[] {
  return [userAccount, ...accounts]
    .filter(({ key, stack }) => stack !== key && !KEY.test(stack))
    .map(({ stack, place }) => badName("stack", stack, place));
}

function badName(kind: string, name: string, place: Place): Finding {
  const cure = "use a lower-case letter, then up to 39 lower-case letters, digits and hyphens";
  return finding("bad-name", place, `invalid ${kind} name ${quote(name)}; ${cure}`);
}
