import { quote } from "../../text";
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
export const legalNames: Rule = (roster) => {
  const people = roster.people
    .filter(({ key }) => !USER_NAME.test(key))
    .map(({ key, place }) =>
      finding(
        "bad-user-name",
        place,
        `${quote(key)} is no IAM user name; use 2 to 64 letters, digits and + = , . @ _ -`,
      ),
    );
  const kinds = [
    ["account", roster.accounts],
    ["team", roster.teams],
    ["tier", roster.tiers],
  ] as const;
  const keys = kinds.flatMap(([kind, items]) =>
    items.flatMap(({ key, place }) => {
      if (RESERVED[kind]?.includes(key) || (kind === "tier" && AWS_ROLES.test(key)))
        return [
          finding(
            "reserved-word",
            place,
            `${kind} cannot be called ${quote(key)}, the name is needed otherwise; choose another`,
          ),
        ];
      return KEY.test(key)
        ? []
        : [
            finding(
              "bad-name",
              place,
              `the ${kind} ${quote(key)} cannot be called so; use a lower-case letter, then up to 39 lower-case letters, digits and hyphens`,
            ),
          ];
    }),
  );
  const stacks = [roster.userAccount, ...roster.accounts]
    .filter(({ key, stack }) => stack !== key && !KEY.test(stack))
    .map(({ stack, place }) =>
      finding(
        "bad-name",
        place,
        `the stack ${quote(stack)} cannot be called so; use a lower-case letter, then up to 39 lower-case letters, digits and hyphens`,
      ),
    );
  return [...people, ...keys, ...stacks];
};
