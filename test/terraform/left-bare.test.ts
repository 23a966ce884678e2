import { renderStacks } from "../../modules/cli/stacks/render-stacks";
import { changesInPlan } from "../../modules/terraform/run/plan-json";
import { readPlan } from "../../modules/terraform/read/read-plan";
import { parsePlan } from "../../modules/terraform/read/plan-text";
import { plannedDocuments } from "../../modules/terraform/read/plan-documents";
import { capturedPlan } from "../support/captured-plan";
import CASES from "./cases/left-bare.json";

/** Behind what is named. */
const REST = " is created again without its policies and members; plan and apply again to bring them back";

function provider(account: string, at: number) {
  const ids = { constant_value: [String(at + 1).repeat(12)] };
  return [`aws.acct_${account}`, { name: "aws", expressions: { allowed_account_ids: ids } }];
}

function planOf(changes: (typeof CASES)[number]["changes"]) {
  return {
    format_version: "1.2",
    configuration: {
      provider_config: Object.fromEntries(["user", "testing", "production"].map(provider)),
      root_module: {
        resources: changes.map(([address]) => ({
          address,
          provider_config_key: `aws.acct_${String(address).split(".")[1]?.split("_")[0]}`,
        })),
      },
    },
    resource_changes: changes.map(([address, actions, before]) => {
      const [type] = String(address).split(".");
      return { address, type, mode: "managed", change: { actions, before, after: before } };
    }),
  };
}

test.each(CASES)("made anew: $name", ({ changes, bare }) => {
  const plan = planOf(changes);
  const applied = changesInPlan(JSON.stringify(plan)).flatMap((change) => change.bare ?? []);
  const judged = readPlan(plan).rest.filter((line) => line.endsWith(REST));
  expect({ applied, judged }).toEqual({ applied: bare, judged: bare.map((what) => `${what}${REST}`) });
});

test("a real plan that makes a role anew does not prove what will be there: its inline policy goes with the role", () => {
  const plan = parsePlan(capturedPlan("replace-testing"));
  if (!plan.known) throw new Error(plan.reason);
  const unknowns = plannedDocuments([readPlan(plan.value)]).flatMap((account) => account.unknowns);
  expect(unknowns).toEqual([`the plan: role "operator"${REST}`]);
});

test.each([
  ["changes", "replace x.r, without its policies and members: plan and apply again to bring them back"],
  ["applied", 'role "operator" has no policies and members yet: plan and apply again'],
] as const)("whoever runs it is told: %s", (outcome, line) => {
  const counts = { add: 1, change: 0, destroy: 1 };
  const changes = [{ action: "replace", address: "x.r", bare: 'role "operator"' }] as const;
  const accounts = [{ account: "testing", ...counts, changes }];
  const text = renderStacks(
    [{ stack: "testing", outcome, ...counts, accounts, errors: [], log: "testing.log" }],
    false,
  );
  expect(text.split("\n").map((each) => each.trim())).toContain(line);
});
