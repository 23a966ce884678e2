import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccountDocuments } from "../../../modules/iam/account-documents";
import { parseCatalogue } from "../../../modules/iam/catalogue";
import { diffKnown } from "../../../modules/review/effective/diff-known";
import { HOME } from "../../support/run-command";
import { NOW } from "../../support/synth";
import { lineOf } from "../lines";

/* Taking roles and using keys: the other side's policy decides as well, and what the own side gives is a change all the same. */

const context = {
  catalogue: parseCatalogue(readFileSync(join(HOME, "modules/iam/catalogue.json"), "utf8")),
  keys: new Map([
    ["111111111111", "user"],
    ["333333333333", "production"],
  ]),
  managed: new Map(),
  now: NOW,
};

const PRODUCTION = "arn:aws:iam::333333333333:role/rolecall/administrator";

/** A user account with one person and one group, which has these statements. */
function userAccount(
  statements: readonly unknown[],
  members: readonly string[] = ["ann"],
): readonly AccountDocuments[] {
  const none = { path: "/", attached: [], inline: new Map() } as const;
  return [
    {
      id: "111111111111",
      partition: "aws",
      users: [{ ...none, kind: "user", name: "ann" }],
      groups: [
        {
          ...{ ...none, kind: "group", name: "seniors", members },
          inline: new Map(statements.length === 0 ? [] : [["roles", { Version: "2012-10-17", Statement: statements }]]),
        },
      ],
      ...{ roles: [], policies: new Map(), unknowns: [] },
    },
  ];
}

const assume = (rest: Record<string, unknown> = {}) => ({
  ...{ Effect: "Allow", Action: "sts:AssumeRole", Resource: PRODUCTION, ...rest },
});

function said(before: readonly unknown[], after: readonly unknown[]): readonly string[] {
  return diffKnown(userAccount(before), userAccount(after), context).map(lineOf);
}

test.each([
  ["every role", assume({ Resource: "*" })],
  ["a path of roles", assume({ Resource: "arn:aws:iam::*:role/rolecall/*" })],
  ["one letter left open", assume({ Resource: `${PRODUCTION.slice(0, -1)}?` })],
  ["every action of that beginning", assume({ Action: "sts:Assume*" })],
  ["every role but one", { ...assume(), Resource: undefined, NotResource: "arn:aws:iam::333333333333:role/other" }],
  ["a role behind a condition", assume({ Condition: { Bool: { "aws:SecureTransport": "true" } } })],
  [
    "an end that is no plain instant",
    assume({ Condition: { DateLessThan: { "aws:CurrentTime": "2099-01-01T00:00:00-12:00" } } }),
  ],
  ["an end by another operator", assume({ Condition: { DateLessThanEquals: { "aws:CurrentTime": "2099-01-01" } } })],
  ["the policy of every key", { Effect: "Allow", Action: "kms:PutKeyPolicy", Resource: "arn:aws:kms:*:*:key/*" }],
])("%s is a gain when it comes, and a loss when it goes", (_name, statement) => {
  const plain = JSON.parse(JSON.stringify(statement));
  expect(said([], [plain])).toEqual([
    expect.stringMatching(/^widening: "ann" in user can do \d+ actions?.*(sts|kms):/),
  ]);
  expect(said([plain], []).map((line) => line.split(":")[0])).toEqual(["narrowing"]);
});

test("a denial of taking roles that goes is a gain", () => {
  const [both, one] = [[assume(), { Effect: "Deny", Action: "sts:AssumeRole", Resource: "*" }], [assume()]];
  expect(said(both, one).some((line) => line.startsWith("widening:"))).toBe(true);
  expect(said(one, both).some((line) => line.startsWith("widening:"))).toBe(false);
});

test("a longer end in another form is never less access", () => {
  const until = (instant: string, operator = "DateLessThan") =>
    assume({ Condition: { [operator]: { "aws:CurrentTime": instant } } });
  for (const later of [
    until("2027-01-14T23:00:00-12:00"),
    until("+002099-01-01T00:00:00Z"),
    until("2099-01-01T00:00:00Z", "DateLessThanEquals"),
  ])
    expect(
      said([until("2027-01-15T00:00:00Z")], [later]).filter((line) => /^(widening|unknown):/.test(line)),
    ).not.toEqual([]);
});

test("a member whom somebody else made gains what the group has", () => {
  const statements = [assume()];
  const changes = diffKnown(userAccount(statements), userAccount(statements, ["ann", "stranger"]), context);
  expect(changes.map(lineOf)).toEqual([
    'widening: "stranger" gains administrator in production',
    'widening: "stranger", who is not in the roster, joins the group "seniors"',
  ]);
});
