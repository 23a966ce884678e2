import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccountDocuments } from "../../../modules/iam/account-documents";
import { parseCatalogue } from "../../../modules/iam/catalogue";
import { byRisk } from "../../../modules/review/effective/by-risk";
import { diffKnown } from "../../../modules/review/effective/diff-known";
import { HOME } from "../../support/run-command";
import { NOW } from "../../support/synth";
import { changeSentence } from "../../../modules/review/sentences/sentence";

/* Questions are samples. Where they find no more access, it must be certain that there is none. */

const context = {
  catalogue: parseCatalogue(readFileSync(join(HOME, "modules/iam/catalogue.json"), "utf8")),
  keys: new Map([["222222222222", "testing"]]),
  managed: new Map(),
  now: NOW,
};

type Statement = Readonly<Record<string, unknown>>;

function account(statements: readonly Statement[], name = "clerk"): AccountDocuments {
  const role = { kind: "role", name, path: "/", attached: [], trust: {}, maxSessionSeconds: 3600 } as const;
  // AWS takes no policy without statements.
  const inline = new Map(statements.length === 0 ? [] : [["p", { Version: "2012-10-17", Statement: statements }]]);
  return {
    id: "222222222222",
    partition: "aws",
    users: [],
    groups: [],
    roles: [{ ...role, inline }],
    policies: new Map(),
    unknowns: [],
  };
}

const directions = (before: readonly Statement[], after: readonly Statement[]) =>
  diffKnown([account(before)], [account(after)], context).map(({ direction }) => direction);

const allow = (rest: Statement = {}): Statement => ({
  Effect: "Allow",
  Action: "ec2:RunInstances",
  Resource: "*",
  ...rest,
});
const when = (operator: string, key: string, values: unknown, rest: Statement = {}) =>
  allow({ ...rest, Condition: { [operator]: { [key]: values } } });
const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const vpcs = (count: number) => Array.from({ length: count }, (_, i) => `vpc-${i}`);

describe("more that no question finds counts as more", () => {
  test.each<readonly [string, Statement, Statement]>([
    [
      "the 151st value",
      when("StringEquals", "aws:SourceVpc", vpcs(150)),
      when("StringEquals", "aws:SourceVpc", vpcs(151)),
    ],
    [
      "a wider network",
      when("IpAddress", "aws:SourceIp", "10.0.0.0/32"),
      when("IpAddress", "aws:SourceIp", "10.0.0.0/8"),
    ],
    [
      "fewer networks left out",
      when("NotIpAddress", "aws:SourceIp", "10.0.0.0/8"),
      when("NotIpAddress", "aws:SourceIp", "10.0.0.0/9"),
    ],
    ["fewer letters needed", allow({ Resource: role("??????*") }), allow({ Resource: role("*") })],
    ["a pattern that the sample fits", allow({ Resource: role("sample*") }), allow({ Resource: role("*") })],
  ])("%s", (_name, before, after) => {
    const there = directions([before], [after]);
    expect(there.some((direction) => direction === "widening" || direction === "unknown")).toBe(true);
    // Of networks one is not read as a part of another: less of them cannot be told either.
    const back = directions([after], [before]).filter(
      (direction) => direction === "widening" || direction === "unknown",
    );
    expect(back).toEqual(JSON.stringify(before).includes("IpAddress") ? ["unknown"] : []);
  });

  test.each<readonly [string, Statement]>([
    ["a condition on a variable", when("StringEquals", "aws:ResourceTag/owner", "${aws:PrincipalTag/owner}")],
    ["a resource with a variable", allow({ Resource: "arn:aws:ec2:*:*:instance/${aws:PrincipalTag/box}" })],
    ["an action newer than the catalogue", allow({ Action: "ec2:RunInstancesOnTheMoon" })],
  ])("%s", (_name, statement) => {
    const there = directions([allow({ Action: "s3:ListBucket" })], [allow({ Action: "s3:ListBucket" }), statement]);
    expect(there).toEqual(["unknown"]);
  });
});

describe("what only looks contained counts as more", () => {
  const box = (name: string) => allow({ Resource: `arn:aws:ec2:*:*:instance/${name}` });
  const vpc = { "aws:SourceVpc": ["a", "b"] };
  test.each<readonly [string, Statement, Statement]>([
    ["a variable as long as the letters needed", box("????"), box("${x}")],
    ["a variable that ends like the pattern", box("*}"), box("${aws:PrincipalTag/x}")],
    ["a star that is only a letter", box("${*}"), box("${aws:PrincipalTag/x}")],
    [
      "a key in two spellings",
      allow({ Condition: { StringEquals: { ...vpc, "AWS:sourcevpc": ["b", "c"] } } }),
      allow({ Condition: { StringEquals: { "aws:SourceVpc": ["b", "c"] } } }),
    ],
    [
      "an exception less that the catalogue does not know",
      { Effect: "Allow", NotAction: ["ec2:RunInstancesOnTheMoon", "ec2:RunInstances"], Resource: "*" },
      { Effect: "Allow", NotAction: "ec2:RunInstances", Resource: "*" },
    ],
    ["a star that means no known action more", allow(), allow({ Action: "ec2:RunInstances*" })],
    ["a token as action", allow({ Action: "${aws_a.b.c}" }), allow({ Action: "${aws_a.b.d}" })],
  ])("%s", (_name, before, after) => {
    const found = directions([before], [after]);
    expect(found.some((direction) => direction === "widening" || direction === "unknown")).toBe(true);
  });

  test("a variable that is only text in the older version", () => {
    const own = box("${aws:username}");
    const of = (version: string) => {
      const [role] = account([]).roles;
      const inline = new Map([["p", { Version: version, Statement: [own] }]]);
      return { ...account([]), roles: role === undefined ? [] : [{ ...role, inline }] };
    };
    const changes = diffKnown([of("2008-10-17")], [of("2012-10-17")], context);
    expect(changes.map(({ direction }) => direction)).toContain("unknown");
  });
});

describe("the same in other words is no change", () => {
  const EVERYTHING = allow({ Action: "*" });
  test.each<readonly [string, readonly Statement[], readonly Statement[]]>([
    [
      "two statements for two resources",
      [allow({ Resource: [role("a"), role("b")] })],
      [allow({ Resource: role("b") }), allow({ Resource: role("a") })],
    ],
    ["what everything contains", [EVERYTHING], [EVERYTHING, when("IpAddress", "aws:SourceIp", "10.0.0.0/8")]],
    [
      "what is denied anyway",
      [{ ...allow(), Effect: "Deny" }],
      [{ ...allow(), Effect: "Deny" }, allow({ Resource: role("*") })],
    ],
    [
      "a resource within another",
      [allow({ Resource: role("*") })],
      [allow({ Resource: role("*") }), allow({ Resource: role("x/*") })],
    ],
  ])("%s", (_name, before, after) => {
    expect(
      [...new Set([...directions(before, after), ...directions(after, before)])].filter((each) => each !== "neutral"),
    ).toEqual([]);
  });
});

test("a change names all its actions, the most powerful first, and not those of another tier with a like name", () => {
  const services = ["ecs", "ecr"];
  const side = (action: string) =>
    services.map((name) => account([allow({ Action: `${name}:${action}` })], name)).map(({ roles }) => roles[0]);
  const both = (action: string) => [{ ...account([]), roles: side(action).flatMap((each) => each ?? []) }];
  const changes = diffKnown(both("List*"), both("*"), context);
  expect(changes).toHaveLength(2);
  for (const change of changes) {
    const { actions = [] } = change;
    const service = changeSentence(change).includes('"ecs"') ? "ecs" : "ecr";
    expect(actions.length).toBeGreaterThan(20);
    expect(actions.filter((name) => !name.startsWith(`${service}:`))).toEqual([]);
    const order = byRisk(context.catalogue.actions.filter(({ name }) => actions.includes(name)));
    expect(actions).toEqual(order.map(({ name }) => name));
  }
});

test("what leads to more rights, buys or opens secrets is named before what only writes and reads", () => {
  const dangerous = ["iam:PassRole", "ec2:PurchaseReservedInstancesOffering", "secretsmanager:GetSecretValue"];
  const plain = context.catalogue.actions.filter(({ name }) => /^(ecs|ec2):(Create|Describe)/.test(name)).slice(0, 100);
  const actions = [...dangerous, ...plain.map(({ name }) => name)];
  const [change] = diffKnown([account([])], [account([allow({ Action: actions })])], context);
  for (const name of dangerous) expect(change && changeSentence(change)).toContain(name);
  expect(new Set(change?.actions)).toEqual(new Set(actions));
});

test("two changes whose sentences are cut to the same differ in their actions", () => {
  const late = context.catalogue.actions.filter(({ name }) => name.startsWith("ecs:")).at(-1)?.name ?? "";
  const of = (statements: readonly Statement[]) => diffKnown([account([])], [account(statements)], context);
  const [one] = of([allow({ Action: "ecs:*" })]);
  const [other] = of([allow({ Action: ["ecs:*", "athena:ListWorkGroups"] }), allow({ Action: late, Effect: "Deny" })]);
  expect(other?.actions).toContain("athena:ListWorkGroups");
  expect(one?.actions).not.toEqual(other?.actions);
});

test("a condition on who calls is judged for each, not for the first of those with the same policy", () => {
  const names = ["ann", "bob"];
  const both = (statements: readonly Statement[]) => [
    { ...account([]), roles: names.flatMap((name) => account(statements, name).roles) },
  ];
  const asBob = when("ArnLike", "aws:PrincipalArn", "arn:aws:*::*:role/bo?");
  const changes = diffKnown(both([]), both([asBob]), context);
  expect(changes.filter(({ direction }) => direction === "widening").map(changeSentence)).toContainEqual(
    expect.stringContaining("bob"),
  );
});
