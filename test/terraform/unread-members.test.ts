import { plannedDocuments } from "../../modules/terraform/read/plan-documents";
import { readPlan } from "../../modules/terraform/read/read-plan";
import { reviewPlans } from "../../modules/review/plan/review-plans";
import CASES from "./cases/unread-members.json";
import { changeSentence } from "../../modules/review/sentences/sentence";

const sentence = (group: string) =>
  `group "${group}" already exists; members added elsewhere stay in it until the plan after this apply`;

function planOf(changes: readonly (readonly unknown[])[]) {
  const provider = { alias: "acct_user", expressions: { allowed_account_ids: { constant_value: ["111111111111"] } } };
  return readPlan({
    format_version: "1.2",
    configuration: {
      provider_config: { "aws.acct_user": provider },
      root_module: { resources: changes.map(([address]) => ({ address, provider_config_key: "aws.acct_user" })) },
    },
    resource_changes: changes.map(([address, actions, before, after, more]) => {
      const [type = ""] = String(address).split(".");
      const values = (name: unknown) =>
        name === null ? null : { [type === "aws_iam_group" ? "name" : "group"]: name, users: ["ann@example.org"] };
      const change = { actions, before: values(before), after: values(after), ...(more as object | undefined) };
      return { address, type, mode: "managed", change };
    }),
  });
}

test.each(CASES)("$name", ({ changes, groups }) => {
  const plan = planOf(changes);
  const isOurs = (text: string) => /already exists;/.test(text);
  const unknowns = plannedDocuments([plan]).flatMap((account) => account.unknowns);
  expect(unknowns.filter(isOurs)).toEqual(groups.map(sentence).map((text) => `the plan: ${text}`));
  const witness = { keys: new Map([["111111111111", "user"]]), head: [] };
  const { besides } = reviewPlans([{ file: "plan.json", plan }], witness, () => []);
  const told = besides
    .filter((change) => isOurs(changeSentence(change)))
    .map((change) => [change.direction, changeSentence(change)]);
  expect(told).toEqual(groups.map((group) => ["widening", sentence(group)]));
});
