import type { Expected } from "../../modules/iam/expected";
import { providerFingerprint, roleFingerprint } from "../../modules/proof/entrances/fingerprint";
import { readTrust } from "../../modules/proof/entrances/read-trust";
import { brieflySaid, type EntranceCase, inputOf } from "./entrance-case";

/** What a roster declares is accepted as it is, and reported as soon as it is anything else. */

const ID = "222222222222";
const POLICY = `arn:aws:iam::${ID}:policy/logs`;
const LOGS = { Action: "logs:PutLogEvents", Resource: "*" };
const PLACE = { file: "roster.yaml", line: 1, column: 1 };

type Role = NonNullable<EntranceCase["roles"]>[number];

const ROLE: Role = {
  name: "vendor",
  path: "/ci/",
  trust: { Principal: { AWS: "999999999999" }, Condition: { StringEquals: { "sts:ExternalId": "x" } } },
  inline: { all: { Action: "*", Resource: "*" } },
  attached: [POLICY],
};

function policies(statement: object): EntranceCase["policies"] {
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] };
  return [{ arn: POLICY, path: "/", holders: 1, versions: [{ id: "v1", isDefault: true, document }] }];
}

function standing(role: Role, patch: Partial<EntranceCase> = {}): EntranceCase {
  return { name: "", account: "testing", roles: [role], policies: policies(LOGS), found: [], ...patch };
}

/** The role declared as it stands. */
function declaredAs(each: EntranceCase): Expected["roles"] {
  const account = inputOf(each).documents.find(({ id }) => id === ID);
  const role = account?.inventory?.roles.find(({ name }) => name === ROLE.name);
  if (!account?.inventory || !role) throw new Error("no such role");
  const trusts = readTrust(role.trust, ID).map(({ principal }) => principal);
  return [{ name: "ci/vendor", trusts, fingerprint: roleFingerprint(role, ID, account.inventory), place: PLACE }];
}

const roles = declaredAs(standing(ROLE));

function said(each: EntranceCase) {
  const { found, counted, named } = brieflySaid({ ...each, expected: { roles } });
  return { found, counted, message: named[0]?.message ?? "" };
}

test("as it is, it is counted", () => {
  expect(said(standing(ROLE))).toMatchObject({ found: [], counted: { "declared-role": 1 } });
});

test("what IAM gives back in another way is the same", () => {
  const trust = {
    Statement: [
      {
        Condition: { StringEquals: { "sts:ExternalId": ["x"] } },
        Principal: { AWS: ["999999999999"] },
        Action: ["sts:AssumeRole"],
        Effect: "Allow",
      },
    ],
  };
  expect(said(standing({ ...ROLE, trust }))).toMatchObject({ found: [] });
});

const external = { StringEquals: { "sts:ExternalId": "x" } };
test.each<[string, Partial<Role>, Partial<EntranceCase>, string]>([
  [
    "another principal",
    { trust: { Principal: { AWS: ["999999999999", "888888888888"] }, Condition: external } },
    {},
    'also trusts "888888888888"',
  ],
  [
    "another principal instead",
    { trust: { Principal: { AWS: "888888888888" }, Condition: external } },
    {},
    "also trusts",
  ],
  ["no condition", { trust: { Principal: { AWS: "999999999999" } } }, {}, "the trust of the declared role"],
  [
    "another external id",
    { trust: { Principal: { AWS: "999999999999" }, Condition: { StringEquals: { "sts:ExternalId": "y" } } } },
    {},
    "the trust of",
  ],
  [
    "another action",
    { trust: { Principal: { AWS: "999999999999" }, Action: "sts:*", Condition: external } },
    {},
    "the trust of",
  ],
  ["fewer principals", { trust: { Statement: [] } }, {}, "the trust of"],
  ["another right", { inline: { all: { Action: "*", Resource: "*" }, more: LOGS } }, {}, "the rights of"],
  ["another name of a policy", { inline: { other: { Action: "*", Resource: "*" } } }, {}, "the rights of"],
  ["a boundary", { boundary: "arn:aws:iam::aws:policy/AdministratorAccess" }, {}, "the rights of"],
  [
    "another policy of AWS's",
    { attached: [POLICY, "arn:aws:iam::aws:policy/AdministratorAccess"] },
    {},
    "the rights of",
  ],
  ["another text of a policy it holds", {}, { policies: policies({ Action: "*", Resource: "*" }) }, "the rights of"],
  ["a policy it holds that is not there", {}, { policies: [] }, "the rights of"],
])("reported: %s", (_name, role, patch, message) => {
  const { found, message: text } = said(standing({ ...ROLE, ...role }, patch));
  expect([found, text]).toEqual([["finding declared-role-changed"], expect.stringContaining(message)]);
});

test("the same name at another path is another role, and one that is gone is noted", () => {
  expect(said(standing({ ...ROLE, path: "/" })).found).toContain("finding open-to-account");
  expect(said(standing(ROLE, { roles: [] })).found).toEqual(["note declared-role-missing"]);
});

describe("what no declaration makes good", () => {
  const held = (trust: Role["trust"], account: EntranceCase["account"] = "testing") => {
    const each = standing({ ...ROLE, trust }, { account });
    return brieflySaid({ ...each, expected: { roles: declaredAs({ ...each, account: "testing" }) } }).found;
  };
  const github = (sub: string) => ({
    Principal: { Federated: `arn:aws:iam::${ID}:oidc-provider/token.actions.githubusercontent.com` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringLike: { "token.actions.githubusercontent.com:sub": sub } },
  });

  test.each<[string, Role["trust"], readonly string[]]>([
    ["anybody", { Principal: "*" }, ["finding open-to-anybody"]],
    ["anybody with an external id", { Principal: "*", Condition: external }, ["finding open-to-anybody"]],
    [
      "anybody whose ARN fits every pattern",
      { Principal: "*", Condition: { ArnLike: { "aws:PrincipalArn": "*" } } },
      ["finding open-to-anybody"],
    ],
    [
      "anybody of an organization is ours to declare",
      { Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } },
      [],
    ],
    ["every repository of GitHub", github("repo:*"), ["finding federation-without-subject"]],
    ["pull requests of a repository are ours to declare", github("repo:example/app:pull_request"), []],
    ["a trust that cannot be read", { CanonicalUser: "x" }, ["unknown unreadable-trust"]],
  ])("%s", (_name, trust, found) => {
    expect(held(trust).filter((line) => !line.includes("person-takes-role"))).toEqual(found);
  });
});

test("the settings of a provider are part of what is declared", () => {
  const arn = `arn:aws:iam::${ID}:saml-provider/idp`;
  const provider = (settings: unknown) => ({ kind: "saml", arn, settings }) as const;
  const fingerprint = providerFingerprint(provider("<one/>"), ID);
  const expected = { providers: [{ name: "saml-provider/idp", fingerprint, place: PLACE }] };
  const found = (settings: unknown) =>
    brieflySaid({ name: "", account: "testing", providers: [provider(settings)], expected, found: [] }).found;
  expect(found("<one/>")).toEqual([]);
  expect(found("<two/>")).toEqual(["finding declared-provider-changed"]);
});

test("a fingerprint is the same for the same role in another account, and short", () => {
  const inventory = {
    policies: [],
    roles: [],
    managed: new Map(),
    providers: [],
    usersAndGroups: [],
    instanceProfiles: [],
    credentials: [],
  };
  const role = (id: string) => {
    const trust = { Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${id}:root` } }] };
    return { kind: "role", name: "x", path: "/", trust, inline: new Map(), attached: [] } as const;
  };
  const [one, two] = [ID, "333333333333"].map((id) => roleFingerprint(role(id), id, inventory));
  expect(one).toBe(two);
  expect(one).toMatch(/^t[0-9a-f]{24}-r[0-9a-f]{24}$/);
});
