import fc from "fast-check";
import { evaluate, type Request, type Verdict, verdictOf } from "../../modules/evaluator/evaluate";
import { compilePolicy } from "../../modules/evaluator/policy";

const RUNS = { numRuns: 2_000, seed: 3 };
const REQUEST: Request = {
  principal: { kind: "user", arn: "arn:aws:iam::111111111111:user/ann" },
  action: "s3:GetObject",
  resource: "arn:aws:s3:::bucket/key",
  context: { "aws:TagKeys": ["a", "b"], "aws:username": "ann" },
};
const ALLOW = { Effect: "Allow", Action: "*", Resource: "*" };

function decide(document: unknown, request = REQUEST) {
  return evaluate(request, { identity: [compilePolicy("policy", document)] });
}

function underCondition(condition: unknown, context: Request["context"] = {}): Verdict {
  const document = { Version: "2012-10-17", Statement: { ...ALLOW, Condition: condition } };
  return decide(document, { ...REQUEST, context }).verdict;
}

/** Words of the language in wrong places, so that much of it is nearly right. */
const junk = fc.anything({
  key: fc.constantFrom(
    "Statement",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "Condition",
    "Principal",
    "Bool",
    "__proto__",
    "AWS",
  ),
  values: [
    fc.constantFrom<unknown>(
      "Allow",
      "Deny",
      "*",
      "s3:*",
      "arn:aws:s3:::*",
      "${",
      "${aws:username}",
      "true",
      "",
      "\uffff",
    ),
    fc.constantFrom<unknown>(0, -1, Number.NaN, true, null, undefined, 1n, Symbol.iterator),
  ],
  maxDepth: 5,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
});

test("no document throws, as a value or as text, and all that is not understood has a reason", () => {
  fc.assert(
    fc.property(junk, (value) => {
      for (const document of [
        value,
        { Version: "2012-10-17", Statement: value },
        { Statement: [{ ...ALLOW, Condition: value }] },
      ]) {
        const { verdict, deciding } = decide(document);
        expect(verdict === "unknown" ? deciding.map(({ why }) => why) : ["known"]).not.toContain("");
      }
      const inTrust = compilePolicy("trust", { Statement: { Effect: "Allow", Action: "*", Principal: value } });
      evaluate(REQUEST, { identity: [], resource: inTrust });
    }),
    RUNS,
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => void decide(text)),
    RUNS,
  );
});

test("no request throws", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.dictionary(fc.string(), fc.string()), (action, resource, context) => {
      const document = { Version: "2012-10-17", Statement: { ...ALLOW, Resource: "arn:aws:s3:::${aws:username}/*" } };
      decide(document, { principal: { kind: "role-session", arn: action }, action, resource, context });
    }),
    RUNS,
  );
});

test("names from the prototype are names like others", () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    const inText = (key: string) => JSON.parse(`{"StringLike": {"${key}": "*"}}`) as unknown;
    expect(underCondition(inText(`aws:${name}`))).toBe("implicitly denied");
    expect(underCondition(inText(name))).toBe("unknown");
    expect(
      decide(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","${name}":1}}`).verdict,
    ).toBe("unknown");
  }
  const inherited = Object.create({ "aws:MultiFactorAuthPresent": "true" }) as Record<string, string>;
  expect(underCondition({ Bool: { "aws:MultiFactorAuthPresent": "true" } }, inherited)).toBe("implicitly denied");
  expect(underCondition({ Bool: { "AWS:multifactorauthpresent": "true" } }, inherited)).toBe("implicitly denied");
});

test("values that callers without types pass are compared as text", () => {
  const context = { "aws:MultiFactorAuthPresent": true, "aws:MultiFactorAuthAge": 60, "aws:username": null };
  const loose = context as unknown as Request["context"];
  expect(underCondition({ Bool: { "aws:MultiFactorAuthPresent": "true" } }, loose)).toBe("allowed");
  expect(underCondition({ NumericLessThan: { "aws:MultiFactorAuthAge": "61" } }, loose)).toBe("allowed");
});

test("a key that stands twice in one object is not understood", () => {
  const text = (inner: string) =>
    `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"${inner}}]}`;
  const condition = '"Condition": {"Bool": {"aws:x": "true"}}';
  expect(decide(text("")).verdict).toBe("allowed");
  expect(decide(text(`, "Condi\\u0074ion": {}, ${condition}`)).deciding[0]?.why).toBe(
    'the key "Condition" appears twice in one object',
  );
  expect(decide(text(', "Sid": "a\\"Effect\\":[{"')).deciding[0]?.why).toContain(
    "characters other than letters and digits",
  );
});

test("a text that reads like our own wildcards is no wildcard", () => {
  for (const sign of ["\uffff", "\ufffe"]) {
    expect(underCondition({ StringLike: { "aws:x": `a${sign}` } }, { "aws:x": "ab" })).toBe("unknown");
    expect(underCondition({ StringLike: { "aws:x": "a${aws:y}" } }, { "aws:x": "ab", "aws:y": sign })).toBe("unknown");
    expect(underCondition({ StringLike: { "aws:x": "a?" } }, { "aws:x": `a${sign}` })).toBe("allowed");
  }
});

test("an unreadable policy never allows by itself", () => {
  const policies = { identity: [compilePolicy("policy", undefined)] };
  expect(verdictOf(REQUEST, policies)).toBe("unknown");
});
