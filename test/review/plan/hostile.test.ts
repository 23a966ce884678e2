import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCatalogue } from "../../../modules/iam/catalogue";
import { diffKnown } from "../../../modules/review/effective/diff-known";
import { reviewPlans } from "../../../modules/review/plan/review-plans";
import { parsePlan } from "../../../modules/terraform/read/plan-text";
import { readPlan } from "../../../modules/terraform/read/read-plan";
import { capturedPlan } from "../../support/captured-plan";
import { HOME } from "../../support/run-command";
import { NOW } from "../../support/synth";
import { damage, odd, share } from "./damage";
import { changeSentence } from "../../../modules/review/sentences/sentence";

/* Plans that somebody changed in one place: never a stack trace, never a control character in a sentence. */

const KEYS = new Map([
  ["111111111111", "user"],
  ["222222222222", "testing"],
]);
const CONTEXT = {
  catalogue: parseCatalogue(readFileSync(join(HOME, "modules/iam/catalogue.json"), "utf8")),
  keys: KEYS,
  managed: new Map(),
  now: NOW,
};
const PLANS = ["update-user", "forget-testing", "drift-user"].map((name) => capturedPlan(name).toString("utf8"));

test("a plan damaged anywhere is refused or reviewed", () => {
  fc.assert(
    fc.property(fc.constantFrom(...PLANS), fc.array(share, { minLength: 1, maxLength: 9 }), odd, (text, steps, put) => {
      const parsed = parsePlan(Buffer.from(JSON.stringify(damage(JSON.parse(text), steps, put))));
      if (!parsed.known) return;
      const plans = [{ file: "plan.json", plan: readPlan(parsed.value) }];
      const { doubts, disagreements, planned, besides } = reviewPlans(
        plans,
        { keys: KEYS, base: [], head: [] },
        (one, other) => diffKnown(one, other, CONTEXT),
      );
      for (const change of [...doubts, ...disagreements, ...planned, ...besides])
        expect(changeSentence(change)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
    { numRuns: 150 },
  );
});

test("nesting in a policy is no way to a stack trace", () => {
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  const plan = JSON.parse(PLANS[0] ?? "") as { planned_values: { root_module: { resources: { values: object }[] } } };
  for (const resource of plan.planned_values.root_module.resources)
    resource.values = { ...resource.values, policy: deep, assume_role_policy: deep };
  const parsed = parsePlan(Buffer.from(JSON.stringify(plan)));
  if (!parsed.known) throw new Error(parsed.reason);
  const witness = { keys: KEYS, head: [] };
  const plans = [{ file: "plan.json", plan: readPlan(parsed.value) }];
  const { planned } = reviewPlans(plans, witness, (one, other) => diffKnown(one, other, CONTEXT));
  expect(planned.some(({ direction }) => direction === "unknown" || direction === "widening")).toBe(true);
});
