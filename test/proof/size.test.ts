import { evaluate, type Request } from "../../modules/evaluator/evaluate";
import { compilePolicy } from "../../modules/evaluator/policy";

const REQUEST: Request = {
  principal: { kind: "user", arn: "arn:aws:iam::111111111111:user/ann" },
  action: "s3:GetObject",
  resource: "arn:aws:s3:::bucket/key",
};
const ALLOW = { Effect: "Allow", Action: "*", Resource: "*" };

function decide(document: unknown, request = REQUEST) {
  return evaluate(request, { identity: [compilePolicy("policy", document)] });
}

function underCondition(condition: unknown, context: Request["context"]) {
  const document = { Version: "2012-10-17", Statement: { ...ALLOW, Condition: condition } };
  return decide(document, { ...REQUEST, context: context ?? {} }).verdict;
}

describe("time and space stay small", () => {
  /** Of the processor: what else the machine does is no concern. */
  const inTime = (milliseconds: number, work: () => void): void => {
    const began = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(milliseconds);
  };

  test("for patterns that make others backtrack", () => {
    const pattern = `arn:aws:s3:::${"*a".repeat(1_000)}b`;
    const one = `arn:aws:s3:::${"*a?".repeat(1_000)}b`;
    const request = { ...REQUEST, resource: `arn:aws:s3:::${"a".repeat(10_000)}` };
    inTime(2_000, () => {
      for (const Resource of [pattern, one]) {
        expect(decide({ Version: "2012-10-17", Statement: { ...ALLOW, Resource } }, request).verdict).toBe(
          "implicitly denied",
        );
      }
    });
  });

  test("for many statements, actions and values", () => {
    const many = Array.from({ length: 50_000 }, (_, at) => `s3:Get${at}*`);
    inTime(8_000, () => {
      expect(decide({ Statement: many.map((Action) => ({ ...ALLOW, Action })) }).verdict).toBe("implicitly denied");
      expect(decide({ Statement: { ...ALLOW, Action: many } }).verdict).toBe("implicitly denied");
      expect(underCondition({ StringLike: { "aws:x": many } }, { "aws:x": "s3:Get" })).toBe("implicitly denied");
      expect(
        decide({ Statement: { ...ALLOW, Action: many.map((each) => each.slice(3)) } }).deciding[0]?.why.length,
      ).toBeLessThan(2_000);
    });
  });

  test("for nesting and length", () => {
    inTime(8_000, () => {
      expect(decide(`${"[".repeat(200_000)}${"]".repeat(200_000)}`).verdict).toBe("unknown");
      expect(
        decide(`{"Version": "2012-10-17", "Statement": ${"[".repeat(200_000)}${"]".repeat(200_000)}}`).verdict,
      ).toBe("unknown");
      expect(underCondition({ StringLike: { "aws:x": "*".repeat(10_000_000) } }, { "aws:x": "a" })).toBe("unknown");
    });
  });
});
