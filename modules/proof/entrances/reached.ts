import type { AccountInventory } from "../../iam/account-documents";
import { roleArn } from "../../iam/arn";
import { quote } from "../../text";
import type { AccessClaims, ClaimedAccount } from "../claims";
import { readTrust } from "./read-trust";
import type { StandingRole, Takers } from "./takers";

const CARRIED = "anyone who controls what runs as it may do that as well";

/**
 * Roles of the account that somebody below an administrator comes to: those that compute or a provider carries, those a tier may take, and those
 * that one of these may take. What they may do, operators may in the end. By ARN, with how.
 */
export function reachedRoles(
  { roles: claimed }: AccessClaims,
  account: ClaimedAccount,
  { roles }: AccountInventory,
  takers: Takers,
): ReadonlyMap<string, string> {
  const { id, deployRoleArn } = account;
  const standing = takers.roles.filter(({ accountId }) => accountId === id);
  const tierOf = (role: StandingRole) => claimed.find(({ arn }) => arn === role.arn);
  const weak = standing.filter((role) => tierOf(role) !== undefined && tierOf(role)?.promise !== "administrator");
  const others = standing.filter((role) => tierOf(role) === undefined && role.arn !== deployRoleArn);
  const carried = roles
    .filter(({ trust }) => readTrust(trust, id).some(({ kind }) => kind === "service" || kind === "provider"))
    .filter(({ path }) => !path.startsWith("/aws-service-role/") && !path.startsWith("/aws-reserved/"))
    .map(({ path, name }) => roleArn(account, path, name));
  const found = new Map(carried.map((arn) => [arn, CARRIED]));
  const queue = [...weak, ...others.filter(({ arn }) => found.has(arn))];
  for (let taker = queue.shift(); taker; taker = queue.shift())
    for (const role of others)
      if (!found.has(role.arn) && takers.bySession(taker, role)) {
        found.set(role.arn, `${tierOf(taker)?.tier ?? quote(taker.arn)} may take it`);
        queue.push(role);
      }
  return found;
}
