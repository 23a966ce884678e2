import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verdictOf } from "../../modules/evaluator/evaluate";
import { compilePolicy } from "../../modules/evaluator/policy";
import { documentChars } from "../../modules/iam/policy-document";
import { QUOTAS } from "../../modules/iam/quotas";
import { selfService } from "../../modules/tiers/self-service";

const ACCOUNT = "111111111111";
const POLICY = compilePolicy("self-service", selfService({ partition: "aws", id: ACCOUNT }));

/** How a person is there: with long-term keys, signed in without MFA, or with it. */
const SIGN_INS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  keys: {},
  password: { "aws:MultiFactorAuthPresent": "false" },
  mfa: { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "60" },
};

interface Case {
  readonly name: string;
  readonly action: string;
  /** Below the user account's part of the ARN. */
  readonly resource: string;
  /** Of keys, password and mfa those that may. */
  readonly may: readonly string[];
}

const CASES = JSON.parse(readFileSync(join(__dirname, "cases/self-service.json"), "utf8")) as readonly Case[];

test.each(CASES.map((each) => [each.name, each] as const))("ann, %s", (_name, { action, resource, may }) => {
  const allowed = Object.entries(SIGN_INS).filter(
    ([, context]) =>
      verdictOf(
        {
          principal: { kind: "user", arn: `arn:aws:iam::${ACCOUNT}:user/ann` },
          action,
          resource: resource === "*" ? "*" : `arn:aws:${action.split(":")[0]}::${ACCOUNT}:${resource}`,
          context: { "aws:username": "ann", ...context },
        },
        { identity: [POLICY] },
      ) === "allowed",
  );
  expect(allowed.map(([signIn]) => signIn)).toEqual(may);
});

test("fits a group with room to spare", () => {
  expect(documentChars(selfService({ partition: "aws", id: ACCOUNT }))).toBeLessThanOrEqual(
    QUOTAS.groupInlineChars / 2,
  );
});
