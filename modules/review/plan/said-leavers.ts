import type { TerraformPlan } from "../../terraform/read/read-plan";
import { aboutOf, type AccessChange, planDiffers } from "../access-change";

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
    if (change.kind !== "person-removed") return change;
    const { person = "", account = "" } = change;
    const planned = users.get(account);
    if (planned === undefined || planned.deleted.includes(person)) return change;
    if (!planned.there.includes(person)) return { ...change, user: "absent" };
    return planDiffers("itself", { ...change, user: "kept" }, "unknown");
  });
}

/** Documents know names only: of a user that is renamed they say that it is deleted, which it is not. */
export function correctRenames(changes: readonly AccessChange[], users: PlannedUsers): readonly AccessChange[] {
  return changes.map((change) => {
    if (change.kind !== "identity-removed" || change.identity.type !== "user") return change;
    const { identity } = change;
    const { there = [], deleted = [] } = users.get(change.account ?? "") ?? {};
    if (!there.includes(identity.name) || deleted.includes(identity.name)) return change;
    return { ...aboutOf(change), kind: "identity-name-unused", identity };
  });
}
