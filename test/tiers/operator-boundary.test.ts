import { readFileSync } from "node:fs";
import { join } from "node:path";
import { documentChars } from "../../modules/iam/policy-document";
import { QUOTAS } from "../../modules/iam/quotas";
import { DENIED_FAMILIES } from "../../modules/tiers/denied-families";
import { operatorBoundary } from "../../modules/tiers/operator-boundary";
import { builtInPermissions } from "../../modules/tiers/tier-permissions";
import { CATALOGUE, isRead, matching } from "./catalogue";
import { ACCOUNT, ask, BOUNDARY, compile, type Question, type Role } from "./documents";

interface Case extends Question {
  readonly name: string;
  readonly expected: "allowed" | "denied";
}

const CASES = JSON.parse(readFileSync(join(__dirname, "cases/operator.json"), "utf8")) as readonly Case[];
const DOCUMENT = operatorBoundary({
  account: { partition: "aws", id: ACCOUNT },
  boundaryArn: BOUNDARY,
  applicationPath: "/application/",
});
const OPERATOR: Role = {
  identity: (builtInPermissions("operator", { spectatorsReadData: false })?.inlinePolicies ?? []).map(({ document }) =>
    compile(document),
  ),
  boundary: compile(DOCUMENT),
};

test.each(CASES.map((each) => [each.name, each] as const))("an operator, %s", (_name, { expected, ...question }) => {
  expect(ask(OPERATOR, question) === "allowed" ? "allowed" : "denied").toBe(expected);
});

test("fits IAM's limit, whatever the account", () => {
  expect(documentChars(DOCUMENT)).toBeLessThanOrEqual(QUOTAS.managedPolicyChars);
});

describe("over the whole catalogue", () => {
  const closed = Object.values(DENIED_FAMILIES).flatMap(({ services }) => services);
  const denied = new Set(
    Object.values(DENIED_FAMILIES).flatMap(({ actions }) => actions.flatMap((each) => matching(each))),
  );

  test("every denied action is denied, and in open services nothing else", () => {
    const wrong = CATALOGUE.filter((action) => {
      const service = action.name.slice(0, action.name.indexOf(":"));
      if (["iam", "sts", ...closed].includes(service)) return false;
      return (ask(OPERATOR, { action: action.name }) === "allowed") === denied.has(action);
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test("in closed services nothing changes anything", () => {
    const open = CATALOGUE.filter(
      (action) =>
        closed.includes(action.name.slice(0, action.name.indexOf(":"))) &&
        !isRead(action) &&
        ask(OPERATOR, { action: action.name }) === "allowed",
    );
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  const OUTSIDE = [
    "role/rolecall/operator",
    "policy/rolecall/operator-boundary",
    "role/x",
    "user/x",
    "group/x",
    "mfa/x",
  ];
  test.each(OUTSIDE)("in IAM nothing changes %s but making a service-linked role", (name) => {
    const open = matching("iam:*").filter(
      (action) =>
        !isRead(action) &&
        ask(OPERATOR, {
          action: action.name,
          resource: `arn:aws:iam::${ACCOUNT}:${name}`,
          context: { "iam:PermissionsBoundary": BOUNDARY },
        }) === "allowed",
    );
    expect(open.map((action) => action.name)).toEqual(["iam:CreateServiceLinkedRole"]);
  });
});
