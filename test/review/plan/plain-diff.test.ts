import fc from "fast-check";
import { accessDocuments } from "../../../modules/access/plan-documents";
import type { AccountDocuments, RoleDocuments } from "../../../modules/iam/account-documents";
import type { Direction } from "../../../modules/review/access-change";
import { normalDocument } from "../../../modules/review/documents/normal-document";
import { plainDiff } from "../../../modules/review/documents/plain-diff";
import { sampleRoster } from "../../support/sample-roster";
import { compiled } from "../../support/synth";
import { damage, odd, share } from "./damage";
import { lineOf } from "../lines";

const KEYS = new Map([
  ["111111111111", "user"],
  ["222222222222", "testing"],
]);

const TRUST = {
  Version: "2012-10-17",
  Statement: [
    {
      ...{ Sid: "PeopleWithMfa", Effect: "Allow", Principal: { AWS: "arn:aws:iam::111111111111:root" } },
      Action: ["sts:AssumeRole"],
      Condition: {
        ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/*" },
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
      },
    },
  ],
};

function role(trust: unknown, patch: Partial<RoleDocuments> = {}): RoleDocuments {
  const none = { inline: new Map<string, unknown>(), attached: [], maxSessionSeconds: 3600 };
  return { kind: "role", name: "r", path: "/rolecall/", ...none, trust, ...patch };
}

function account(roles: readonly RoleDocuments[]): readonly AccountDocuments[] {
  return [{ id: "222222222222", partition: "aws", users: [], groups: [], roles, policies: new Map(), unknowns: [] }];
}

function told(before: RoleDocuments, after: RoleDocuments): readonly string[] {
  return plainDiff(account([before]), account([after]), KEYS).map(lineOf);
}

function trust(patch: object, more: readonly object[] = []): unknown {
  return { ...TRUST, Statement: [{ ...TRUST.Statement[0], ...patch }, ...more] };
}

const CONDITION = TRUST.Statement[0]?.Condition;

test.each<[string, unknown, readonly string[]]>([
  ["nothing", trust({ Sid: "Other" }), []],
  [
    "everybody",
    trust({ Principal: "*" }),
    ['widening: role "r" trusts everybody', 'narrowing: role "r" no longer trusts "arn:aws:iam::111111111111:root"'],
  ],
  [
    "one more",
    trust({ Principal: { AWS: ["111111111111", "999999999999"], Service: "ec2.amazonaws.com" } }),
    [
      'widening: role "r" trusts "arn:aws:iam::999999999999:root"',
      'widening: role "r" trusts "Service ec2.amazonaws.com"',
    ],
  ],
  ["no MFA", trust({ Condition: { ...CONDITION, Bool: undefined } }), ['widening: role "r" no longer needs MFA']],
  [
    "MFA denied",
    trust({ Condition: { ...CONDITION, Bool: { "aws:MultiFactorAuthPresent": "false" } } }),
    ['unknown: role "r" trusts others, or under other conditions', 'widening: role "r" no longer needs MFA'],
  ],
  [
    "older MFA",
    trust({ Condition: { ...CONDITION, NumericLessThan: { "aws:MultiFactorAuthAge": 7200 } } }),
    ['widening: MFA for role "r" may be 2 h old instead of 1 h'],
  ],
  [
    "MFA of any age",
    trust({ Condition: { ...CONDITION, NumericLessThan: undefined } }),
    ['widening: MFA for role "r" may have any age'],
  ],
  [
    "another condition",
    trust({ Condition: { ...CONDITION, ArnLike: undefined } }),
    ['unknown: role "r" trusts others, or under other conditions'],
  ],
  [
    "a second statement",
    trust({}, [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }]),
    ['unknown: role "r" trusts others, or under other conditions'],
  ],
  ["no document", undefined, ['unknown: role "r" trusts others, or under other conditions']],
])("a trust policy becomes one with %s", (_what, after, expected) => {
  expect(told(role(JSON.parse(JSON.stringify(TRUST))), role(after && JSON.parse(JSON.stringify(after))))).toEqual(
    expected,
  );
});

test("sessions of a role; what its policies allow is not told here", () => {
  const document = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const more = role(TRUST, { maxSessionSeconds: 7200, attached: ["arn:p"], inline: new Map([["i", document]]) });
  expect(told(role(TRUST, { boundary: "arn:b" }), more)).toEqual([
    'widening: sessions of role "r" last 2 h instead of 1 h',
  ]);
  const { maxSessionSeconds: _, ...unread } = role(TRUST);
  expect(told(role(TRUST), unread)).toEqual(['unknown: sessions of role "r" last an unknown time instead of 1 h']);
});

test("law: another trust policy is told, however it differs", () => {
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 6 }), odd, (steps, put) => {
      const other = damage(TRUST, steps, put);
      expect(told(role(TRUST), role(other)).length > 0).toBe(normalDocument(TRUST) !== normalDocument(other));
    }),
    { numRuns: 300 },
  );
});

test("law: what one way gives the other way takes", () => {
  const [small, whole] = [sampleRoster({ people: [] }), sampleRoster()].map((roster) =>
    accessDocuments(compiled(roster)),
  );
  const opposite: Partial<Record<Direction, Direction>> = { widening: "narrowing", narrowing: "widening" };
  const there = plainDiff(small ?? [], whole ?? [], KEYS).map(({ direction }) => direction);
  const back = plainDiff(whole ?? [], small ?? [], KEYS).map(({ direction }) => opposite[direction] ?? direction);
  expect(there.length).toBeGreaterThan(5);
  expect(there.filter((direction) => direction === "narrowing")).toEqual([]);
  expect(back.filter((direction) => direction === "narrowing")).toEqual([]);
});
