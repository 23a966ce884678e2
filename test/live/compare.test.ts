import type { WorkloadAccountPlan } from "../../modules/access/plan";
import { differenceText, diffLive } from "../../modules/live/compare";
import type { LiveAccount, LiveRole } from "../../modules/live/live-account";
import { sampleRoster } from "../support/sample-roster";
import { compiled } from "../support/synth";

const PLAN = compiled(sampleRoster())
  .stacks.flatMap(({ accounts }) => accounts)
  .find(({ key }) => key === "testing") as WorkloadAccountPlan;

/** What lies in the account after an apply. */
function live(): LiveAccount {
  const roles = PLAN.roles.map(
    ({ name, path, description, maxSessionSeconds, trust, tags, policyArns, ...role }): LiveRole => ({
      name,
      path,
      description,
      maxSessionSeconds,
      trust,
      tags,
      attached: policyArns,
      inline: Object.fromEntries(role.inlinePolicies.map((policy) => [policy.name, policy.document])),
      ...(role.permissionsBoundaryArn === undefined ? {} : { boundary: role.permissionsBoundaryArn }),
    }),
  );
  return { id: PLAN.id, partition: "aws", users: [], groups: [], roles, policies: PLAN.policies };
}

function changed(name: string, patch: Partial<LiveRole>): LiveAccount {
  return { ...live(), roles: live().roles.map((role) => (role.name === name ? { ...role, ...patch } : role)) };
}

test("an account as planned does not differ", () => {
  expect(diffLive(PLAN, live())).toEqual([]);
});

test("a boundary taken off, put on or swapped is a difference", () => {
  const { boundary: _, ...unbounded } = live().roles.find(({ name }) => name === "operator") as LiveRole;
  const without = { ...live(), roles: live().roles.map((role) => (role.name === "operator" ? unbounded : role)) };
  const other = "arn:aws:iam::aws:policy/AdministratorAccess";
  const [planned] = PLAN.roles.filter(({ name }) => name === "operator").map((role) => role.permissionsBoundaryArn);
  expect(planned).toBeDefined();
  expect(diffLive(PLAN, without)).toEqual([
    { kind: "changed", subject: { type: "role", name: "operator" }, property: "boundary", planned, live: undefined },
  ]);
  expect(diffLive(PLAN, without).map(differenceText)).toEqual(['the role "operator": permissions boundary differs']);
  expect(diffLive(PLAN, changed("operator", { boundary: other }))).toHaveLength(1);
  expect(diffLive(PLAN, changed("administrator", { boundary: other }))).toHaveLength(1);
});

test("a changed, missing or additional managed policy is a difference", () => {
  const [policy] = PLAN.policies;
  if (!policy) throw new Error("no policy planned");
  expect(diffLive(PLAN, { ...live(), policies: [{ ...policy, document: {} }] }).map(differenceText)).toEqual([
    'the policy "operator-boundary": document differs',
  ]);
  const subject = { type: "policy", name: "operator-boundary" };
  expect(diffLive(PLAN, { ...live(), policies: [] })).toEqual([{ kind: "missing", subject }]);
  expect(diffLive(PLAN, { ...live(), policies: [policy, { ...policy, name: "zz" }] })).toHaveLength(1);
});
