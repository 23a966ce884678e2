import type { TerraformPlan } from "../../terraform/read/read-plan";
import { quote } from "../../text";
import { type AccessChange, PLAN_DIFFERS } from "../access-change";

/** What the plans of accounts do to their users, by account key. */
export type PlannedUsers = ReadonlyMap<
  string,
  { readonly there: readonly string[]; readonly deleted: readonly string[] }
>;

/** Users that exist and users that are deleted, in every account that a plan is of. */
export function plannedUsers(plans: readonly TerraformPlan[], keys: ReadonlyMap<string, string>): PlannedUsers {
  const ids = [...new Set(plans.flatMap(({ accountIds }) => accountIds))];
  const name = (values: Readonly<Record<string, unknown>>) => String(values["name"] ?? "");
  return new Map(
    ids.flatMap((id) => {
      const key = keys.get(id);
      const isOwn = (each: { readonly type: string; readonly accountId?: string }) =>
        each.type === "aws_iam_user" && each.accountId === id;
      const there = plans.flatMap(({ prior }) => prior.filter(isOwn).map(({ values }) => name(values)));
      const gone = plans.flatMap(({ changes }) =>
        changes.filter((change) => isOwn(change) && change.actions.includes("delete")),
      );
      return key === undefined ? [] : [[key, { there, deleted: gone.map(({ before }) => name(before)) }] as const];
    }),
  );
}

/** What the roster says of people who leave it, as the plans have it: a user that is renamed or given up is not deleted. */
export function correctLeavers(said: readonly AccessChange[], users: PlannedUsers): readonly AccessChange[] {
  return said.map((change) => {
    const { kind, person = "", account = "" } = change;
    const planned = users.get(account);
    if (kind !== "person-removed" || planned === undefined || planned.deleted.includes(person)) return change;
    const leaves = `${quote(person)} leaves the roster`;
    const ends = `rolecall offboard ${person} ends open role sessions`;
    if (!planned.there.includes(person))
      return {
        ...change,
        sentence: `${leaves}; Terraform's state has no such user, so the plans delete none; ${ends}`,
      };
    const sentence = `${leaves}, and the plans do not delete the IAM user: its password, access keys and MFA devices stay valid; ${ends}`;
    return { ...change, kind: PLAN_DIFFERS, direction: "unknown", sentence };
  });
}

/** Documents know names only: of a user that is renamed they say that it is deleted, which it is not. */
export function correctRenames(changes: readonly AccessChange[], users: PlannedUsers): readonly AccessChange[] {
  return changes.map((change) => {
    const { there = [], deleted = [] } = users.get(change.account ?? "") ?? {};
    const name = there.find((each) => change.sentence === `user ${quote(each)} is deleted`);
    if (name === undefined || deleted.includes(name)) return change;
    return { ...change, sentence: `no user is called ${quote(name)} any more, and none is deleted` };
  });
}
