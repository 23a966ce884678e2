import { correctLeavers, correctRenames } from "../../../modules/review/plan/said-leavers";
import type { AccessChange } from "../../../modules/review/access-change";
import { changeSentence } from "../../../modules/review/sentences/sentence";

/* What the roster says of people who leave is true of the plans, or is said otherwise. */

const SAID: AccessChange = {
  ...{ kind: "person-removed", direction: "narrowing", account: "user", person: "ann" },
};
const users = (there: readonly string[], deleted: readonly string[]) => new Map([["user", { there, deleted }]]);

test.each<[string, ReturnType<typeof users>, string, string]>([
  ["deleted", users(["ann"], ["ann"]), "narrowing", "the IAM user is deleted with its password"],
  ["renamed or given up", users(["ann"], []), "unknown", "the plans do not delete the IAM user"],
  ["gone already", users([], []), "narrowing", "Terraform's state has no such user"],
  ["of an account without a plan", new Map(), "narrowing", "the IAM user is deleted with its password"],
])("a user that is %s", (_what, planned, direction, text) => {
  const [change] = correctLeavers([SAID], planned);
  expect(change).toMatchObject({ direction });
  expect(change && changeSentence(change)).toMatch(/^"ann" leaves the roster/);
  expect(change && changeSentence(change)).toContain(text);
});

test("a user that is renamed is not said to be deleted", () => {
  const identity = { type: "user", name: "ann" } as const;
  const change: AccessChange = { direction: "narrowing", account: "user", kind: "identity-removed", identity };
  expect(correctRenames([change], users(["ann"], [])).map(changeSentence)).toEqual([
    'the user "ann" no longer has this name, and is not deleted',
  ]);
  expect(correctRenames([change], users(["ann"], ["ann"]))).toEqual([change]);
});
