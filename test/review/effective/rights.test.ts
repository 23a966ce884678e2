import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileAccess } from "../../../modules/access/compile";
import { accessDocuments } from "../../../modules/access/plan-documents";
import type { AccountDocuments } from "../../../modules/iam/account-documents";
import { parseCatalogue } from "../../../modules/iam/catalogue";
import { diffKnown } from "../../../modules/review/effective/diff-known";
import { EXAMPLE_ROSTER, HOME } from "../../support/run-command";
import { parseText } from "../../support/roster-text";
import { NOW } from "../../support/synth";
import { lineOf } from "../lines";

const catalogue = parseCatalogue(readFileSync(join(HOME, "modules/iam/catalogue.json"), "utf8"));
const keys = new Map([
  ["111111111111", "user"],
  ["222222222222", "testing"],
  ["333333333333", "production"],
]);
const context = { keys, catalogue, managed: new Map(), now: NOW };

function documents(text = readFileSync(EXAMPLE_ROSTER, "utf8")): readonly AccountDocuments[] {
  const roster = parseText(text);
  if (!roster.ok) throw new Error(JSON.stringify(roster.findings));
  const plan = compileAccess(roster.value, NOW);
  if (!plan.ok) throw new Error(JSON.stringify(plan.findings));
  return accessDocuments(plan.value);
}

const BASE = documents();
const said = (after: readonly AccountDocuments[]) => diffKnown(BASE, after, context).map(lineOf);

interface Edited {
  readonly account: string;
  readonly role: string;
  /** Of the role's only inline policy, its boundary, or its trust. */
  readonly edit: (statements: Record<string, unknown>[]) => Record<string, unknown>[];
  readonly where: "inline" | "boundary" | "trust";
}

/** The base with the statements of one policy changed. */
function edited({ account: id, role: name, where, edit }: Edited): readonly AccountDocuments[] {
  const change = (document: unknown): unknown => {
    const { Statement, ...rest } = structuredClone(document) as { Statement: Record<string, unknown>[] };
    return { ...rest, Statement: edit(Statement) };
  };
  return BASE.map((account) => {
    if (account.id !== id) return account;
    const roles = account.roles.map((role) => {
      if (role.name !== name) return role;
      if (where === "trust") return { ...role, trust: change(role.trust) };
      const inline = new Map([...role.inline].map(([key, document]) => [key, change(document)]));
      return where === "inline" ? { ...role, inline } : role;
    });
    const policies =
      where === "boundary"
        ? new Map([...account.policies].map(([arn, document]) => [arn, change(document)]))
        : account.policies;
    return { ...account, roles, policies };
  });
}

const TESTING = "222222222222";
const allow = (statement: Record<string, unknown>) => (all: Record<string, unknown>[]) => [
  ...all,
  { Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...statement },
];

const CASES: readonly (readonly [string, Edited, readonly string[]])[] = [
  [
    "one action more",
    { account: TESTING, role: "spectator", where: "inline", edit: allow({ Action: "ec2:RunInstances" }) },
    ["widening: spectator in testing can do 1 action more: ec2:RunInstances"],
  ],
  [
    "one bucket more",
    {
      account: TESTING,
      role: "spectator",
      where: "inline",
      edit: allow({ Action: "sqs:SendMessage", Resource: "arn:aws:sqs:*:*:a" }),
    },
    ["widening: spectator in testing can do 1 action on more resources, or under more conditions: sqs:SendMessage"],
  ],
  [
    "one action more behind a condition",
    {
      account: TESTING,
      role: "spectator",
      where: "inline",
      edit: allow({ Action: "ec2:RunInstances", Condition: { StringLike: { "aws:RequestedRegion": "eu-*" } } }),
    },
    ["widening: spectator in testing can do 1 action on more resources, or under more conditions: ec2:RunInstances"],
  ],
  [
    "a condition nobody knows",
    {
      account: TESTING,
      role: "spectator",
      where: "inline",
      edit: allow({ Action: "ec2:RunInstances", Condition: { NewOperator: { "aws:RequestedRegion": "eu-1" } } }),
    },
    // AWS refuses the whole document for it, so nothing of the role's rights is known.
    [
      expect.stringMatching(
        /^unknown: whether spectator in testing can do more with [\d,]+ actions is unknown: .*ec2:RunInstances/,
      ),
    ],
  ],
  [
    "a token instead of a text",
    {
      account: TESTING,
      role: "spectator",
      where: "inline",
      edit: allow({ Resource: "${aws_s3_bucket.a.arn}", Action: "ec2:RunInstances" }),
    },
    ["unknown: whether spectator in testing can do more with 1 action is unknown: ec2:RunInstances"],
  ],
  [
    "what another statement says already",
    { account: TESTING, role: "administrator", where: "inline", edit: allow({ Action: "ec2:RunInstances" }) },
    [],
  ],
  [
    "an allowance that adds nothing",
    {
      account: TESTING,
      role: "administrator",
      where: "inline",
      edit: allow({ Action: "ec2:RunInstances", Resource: "arn:aws:ec2:*:*:instance/*" }),
    },
    ["neutral: the policies of administrator in testing express 1 action differently, and allow no more"],
  ],
  [
    "lists in another order, one value as a list, a statement's id",
    {
      account: TESTING,
      role: "operator",
      where: "boundary",
      edit: (all) =>
        all
          .map((statement) =>
            Object.fromEntries(
              Object.entries({ ...statement, Sid: "Other" }).map(([key, value]) => [
                key,
                Array.isArray(value) ? [...value].reverse() : key === "Action" || key === "Resource" ? [value] : value,
              ]),
            ),
          )
          .reverse(),
    },
    [],
  ],
  [
    "a trust without MFA",
    {
      account: TESTING,
      role: "operator",
      where: "trust",
      edit: (all) => all.map(({ Condition: _, ...statement }) => statement),
    },
    [
      'unknown: role "operator" trusts others, or under other conditions',
      'widening: role "operator" no longer needs MFA',
      'widening: MFA for role "operator" may have any age',
    ],
  ],
];

test.each(CASES)("%s", (_name, edit, expected) => {
  expect(said(edited(edit))).toEqual(expected);
});

test("what a boundary no longer denies widens every role it bounds, and back it narrows", () => {
  const after = edited({
    account: TESTING,
    role: "operator",
    where: "boundary",
    edit: (all) => all.filter(({ Effect }) => Effect === "Allow"),
  });
  const [there, ...others] = said(after);
  expect(there).toMatch(/^widening: operator in testing can do \d+ actions/);
  expect(others.every((each) => each.startsWith("widening: operator in testing"))).toBe(true);
  const back = diffKnown(after, BASE, context);
  expect(back.map(({ direction }) => direction)).toEqual(["narrowing"]);
});

test("what people may do in the user account is told once for all who can alike", () => {
  const after = BASE.map((account) => ({
    ...account,
    groups: account.groups.map((group) =>
      group.name === "people"
        ? {
            ...group,
            inline: new Map([
              ["more", { Version: "2012-10-17", Statement: allow({ Action: "iam:CreateUser" })([]) }],
              ...group.inline,
            ]),
          }
        : group,
    ),
  }));
  expect(said(after)).toEqual([
    'widening: 3 people ("dev.one@example.org", "dev.two@example.org", "senior.one@example.org") in user can do 1 action more: iam:CreateUser',
  ]);
});

test("the same documents are no change, and a tier's wider settings are named action by action", () => {
  expect(said(documents())).toEqual([]);
  const text = readFileSync(EXAMPLE_ROSTER, "utf8");
  const wider = said(documents(text.replace("environment: testing }", "environment: testing, spectatorReads: data }")));
  expect(wider).toHaveLength(1);
  expect(wider[0]).toMatch(/^widening: spectator in testing can do \d+ actions more: .*GetQueryResults/);
});

/** AWS takes no policy without statements. */
function inlineOf(statements: readonly unknown[]): AccountDocuments["roles"][number]["inline"] {
  return new Map(statements.length === 0 ? [] : [["p", { Version: "2012-10-17", Statement: statements }]]);
}

test("law: an action allowed anywhere is never silent, a denial removed neither", () => {
  const names = catalogue.actions.map(({ name }) => name);
  const resource = fc.constantFrom(
    "*",
    "arn:aws:s3:::b/*",
    "arn:aws:iam::222222222222:role/x",
    "arn:aws:ec2:*:*:instance/?",
  );
  const condition = fc.constantFrom<Record<string, unknown>>(
    {},
    { Condition: { StringEquals: { "aws:SourceVpc": ["a", "b"] } } },
    { Condition: { NumericLessThan: { "s3:max-keys": "10" }, Bool: { "aws:SecureTransport": "false" } } },
    { Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } },
    { Condition: { Null: { "aws:TokenIssueTime": "true" } } },
    { Condition: { DateGreaterThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } } },
    { Condition: { "ForAnyValue:StringLike": { "aws:TagKeys": "team*" } } },
    { Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } } },
  );
  const extra = fc.tuple(fc.constantFrom(...names), resource, condition, fc.constantFrom("Allow", "Deny"));
  fc.assert(
    fc.property(extra, ([Action, Resource, rest, Effect]) => {
      const role = Effect === "Allow" ? "nobody" : "all";
      const own = (more: readonly unknown[]): AccountDocuments => ({
        ...{ id: TESTING, partition: "aws", users: [], groups: [], policies: new Map(), unknowns: [] },
        roles: [
          {
            ...{ kind: "role", name: role, path: "/", attached: [], trust: {}, maxSessionSeconds: 3600 },
            inline: inlineOf([...(role === "all" ? [{ Effect: "Allow", Action: "*", Resource: "*" }] : []), ...more]),
          },
        ],
      });
      const [bare, more] = [[own([])], [own([{ Effect, Action, Resource, ...rest }])]];
      const there = diffKnown(bare, more, context).map(({ direction }) => direction);
      const back = diffKnown(more, bare, context).map(({ direction }) => direction);
      expect(there).toEqual([Effect === "Allow" ? "widening" : "narrowing"]);
      expect(back).toEqual([Effect === "Allow" ? "narrowing" : "widening"]);
    }),
    { numRuns: 25 },
  );
});
