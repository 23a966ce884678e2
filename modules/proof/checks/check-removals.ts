import type { AccountGuards } from "../../iam/account-guards";
import { compareText, quote } from "../../text";
import type { AccessClaims } from "../claims";
import type { Breach, CheckResult } from "./breach";

const KEEPS = {
  user: "IAM refuses to delete a user that has access keys or MFA devices, so a person who leaves the roster stays",
  role: "IAM refuses to delete a role that somebody attached a policy to, so a tier that is removed stays",
} as const;
const ARGUMENTS = { user: "force_destroy", role: "force_detach_policies" } as const;

/** A person who leaves the roster is gone: Terraform deletes users and roles with whatever people gave them meanwhile. */
export function checkRemovals(claims: AccessClaims, guards: readonly AccountGuards[]): CheckResult {
  const keys = new Map([claims.userAccount, ...claims.accounts].map(({ id, key }) => [id, key]));
  const all = guards.flatMap(({ id, removals = [] }) => removals.map((removal) => ({ ...removal, id })));
  const breaches = all
    .filter(({ takesAll }) => takesAll !== true)
    .map(({ id, kind, name, takesAll }): Breach => {
      const account = keys.get(id) ?? id;
      const place = claims.holders.find(
        (holder) => holder.accountId === id && holder.kind === kind && holder.name === name,
      )?.place;
      const how = takesAll === undefined ? `has a ${ARGUMENTS[kind]} that cannot be read` : `lacks ${ARGUMENTS[kind]}`;
      return {
        ...{ claim: "removal", account, deciding: [], ...(place && { place }) },
        ...(takesAll === undefined ? { verdict: "unknown" as const } : {}),
        message: `the ${kind} ${quote(name)} in ${account} ${how}: ${KEEPS[kind]}`,
        cure: "synthesize again, with the code of this version",
      };
    });
  return {
    title: "users and roles that leave the roster are deleted, whatever they have",
    questions: all.length,
    breaches: breaches.sort((a, b) => compareText(a.message, b.message)),
  };
}
