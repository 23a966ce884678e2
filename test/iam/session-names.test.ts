import fc from "fast-check";
import { evaluate } from "../../modules/evaluator/evaluate";
import { compilePolicy } from "../../modules/evaluator/policy";
import { canBeName, fixedBeginning, namesWithin } from "../../modules/iam/session-names";
import { tierTrust } from "../../modules/tiers/trust";

const USER = "arn:aws:iam::111111111111:user/any.body@example.org";

/** Whether the trust of a tier with these names takes a session of anybody called so: asked of the evaluator. */
function takes(patterns: readonly string[], name: string): boolean {
  const policy = compilePolicy("trust", tierTrust({ partition: "aws", id: "111111111111" }, 3600, patterns));
  const everything = compilePolicy("all", {
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "*", Resource: "*" },
  });
  const context = {
    "sts:RoleSessionName": name,
    "aws:MultiFactorAuthPresent": "true",
    "aws:MultiFactorAuthAge": "1",
  };
  const resource = "arn:aws:iam::222222222222:role/rolecall/operator";
  const request = { principal: { kind: "user", arn: USER }, action: "sts:AssumeRole", resource, context } as const;
  return evaluate(request, { identity: [everything], resource: policy }).verdict === "allowed";
}

/** Few characters, so that patterns and names meet often. */
const pattern = fc.stringMatching(/^[ab?*]{1,6}$/);
const patterns = fc.array(pattern, { minLength: 1, maxLength: 3 });
const name = fc.stringMatching(/^[abA@]{2,8}$/);
const RUNS = { numRuns: 3_000, seed: 7 };

/** The law of whether patterns lie within others, for any way to decide it; undefined, or what breaks it. */
function brokenBy(within: typeof namesWithin) {
  const law = fc.property(patterns, patterns, name, (inner, outer, tried) => {
    if (within(inner, outer) && takes(inner, tried)) expect(takes(outer, tried)).toBe(true);
  });
  return fc.check(law, RUNS).counterexample ?? undefined;
}

test("law: what is said to lie within other names is taken by the trust that has those", () => {
  expect(brokenBy(namesWithin)).toBeUndefined();
});

test.each<[string, typeof namesWithin]>([
  ["always", () => true],
  ["by number", (inner, outer) => inner.length <= outer.length],
  [
    "by the fixed beginning",
    (inner, outer) => inner.every((each) => outer.some((other) => each.startsWith(fixedBeginning(other)))),
  ],
  ["by length", (inner, outer) => inner.every((each) => outer.some((other) => each.length === other.length))],
  ["the wrong way round", (inner, outer) => namesWithin(outer, inner)],
])("the law catches a decision %s", (_how, within) => {
  expect(brokenBy(within)).toBeDefined();
});

test.each([
  [["awsu-*"], ["awsu-*"], true],
  [["awsu-????"], ["awsu-*"], true],
  [["awsu-*?"], ["awsu-?*"], true],
  [["awsu-**"], ["awsu-*"], true],
  [["awsu-0*"], ["awsu-*"], true],
  [["awsu-0"], ["awsu-?"], true],
  [["awsu-*-x"], ["awsu-*x"], true],
  [[], ["awsu-*"], true],
  [["awsu-*", "tool-*"], ["tool-*", "awsu-*"], true],
  [["awsu-*"], ["awsu-?*"], false],
  [["awsu-*"], ["awsu-????"], false],
  [["awsu-?"], ["awsu-0", "awsu-1"], false],
  [["AWSU-*"], ["awsu-*"], false],
  [["awsu-*"], [], false],
])("%j within %j: %s", (inner, outer, expected) => {
  expect(namesWithin(inner, outer)).toBe(expected);
});

test("law: whose name a trust takes of somebody else, that name can be one of the pattern", () => {
  fc.assert(
    fc.property(pattern, name, (one, tried) => {
      if (takes([one], tried)) expect(canBeName(one, tried)).toBe(true);
      // And in any case of letters, as IAM keeps names apart.
      if (takes([one], tried)) expect(canBeName(one, tried.toUpperCase())).toBe(true);
    }),
    RUNS,
  );
});
