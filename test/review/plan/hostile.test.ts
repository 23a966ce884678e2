import fc from "fast-check";
import { plainDiff } from "../../../modules/review/plan/plain-diff";
import { reviewPlans } from "../../../modules/review/plan/review-plans";
import { parsePlan } from "../../../modules/terraform/plan-text";
import { readPlan } from "../../../modules/terraform/read-plan";
import { capturedPlan } from "../../support/captured-plan";

/* Plans that somebody changed in one place: never a stack trace, never a control character in a sentence. */

const KEYS = new Map([
  ["111111111111", "user"],
  ["222222222222", "testing"],
]);
const PLANS = ["update-user", "forget-testing", "drift-user"].map((name) => capturedPlan(name).toString("utf8"));

const odd = fc.oneof(
  fc.constantFrom(null, true, -1, "", "\u001b[2J\u202e", "${x}", "000000000000", "aws_iam_role", "*"),
  fc.constant(JSON.parse('{"__proto__":{"toString":1},"constructor":null}')),
  fc.array(fc.constantFrom(null, 1, "x", {}), { maxLength: 2 }),
  fc.constant({
    address: "aws_iam_role.x",
    type: "aws_iam_role",
    values: { name: 1 },
    change: { actions: ["create"] },
  }),
);

/** Puts a value at the place that the steps lead to, each a share of the keys there. */
function damage(value: unknown, steps: readonly number[], put: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== "object" || value === null) return put;
  const keys = Object.keys(value);
  const key = keys[Math.floor(step * keys.length)];
  if (key === undefined) return put;
  const inner = damage((value as Record<string, unknown>)[key], rest, put);
  return Array.isArray(value)
    ? value.map((each, at) => (String(at) === key ? inner : each))
    : { ...value, [key]: inner };
}

test("a plan damaged anywhere is refused or reviewed", () => {
  const share = fc.double({ min: 0, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom(...PLANS), fc.array(share, { minLength: 1, maxLength: 9 }), odd, (text, steps, put) => {
      const parsed = parsePlan(Buffer.from(JSON.stringify(damage(JSON.parse(text), steps, put))));
      if (!parsed.known) return;
      const plans = [{ file: "plan.json", plan: readPlan(parsed.value) }];
      const { doubts, disagreements, planned, besides } = reviewPlans(
        plans,
        { keys: KEYS, base: [], head: [] },
        (one, other) => plainDiff(one, other, KEYS),
      );
      for (const { sentence } of [...doubts, ...disagreements, ...planned, ...besides])
        expect(sentence).not.toMatch(/[\p{Cc}\p{Cf}]/u);
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
  const { planned } = reviewPlans(plans, witness, (one, other) => plainDiff(one, other, KEYS));
  expect(planned.map(({ sentence }) => sentence)).toContain(
    'the inline policy "access" of group "team-seniors" says something else',
  );
});
