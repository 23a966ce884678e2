import fc from "fast-check";
import { brieflySaid, type EntranceCase, entrancesOf } from "./entrance-case";

jest.setTimeout(120_000);

/** Laws over any trust policy: everything has an answer, and whoever is a stranger is never only counted. */

const USER_ACCOUNT = "111111111111";
const STRANGERS = [
  { AWS: "999999999999" },
  { AWS: ["arn:aws:iam::999999999999:root", "arn:aws:iam::222222222222:role/x"] },
  { AWS: "arn:aws:iam::999999999999:role/x" },
  { AWS: "arn:aws:sts::999999999999:assumed-role/x/y" },
  { AWS: "arn:aws:iam::111111111111:user/dev.one@example.org" },
  { AWS: "arn:aws:iam::333333333333:role/rolecall/operator" },
  { AWS: "*" },
  "*",
  { Service: ["rolesanywhere.amazonaws.com", "ec2.amazonaws.com"] },
  { Federated: "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com" },
  { Federated: "arn:aws:iam::222222222222:saml-provider/idp" },
  { Federated: "cognito-identity.amazonaws.com" },
  { CanonicalUser: "x" },
  {},
];

const condition = fc.constantFrom<object>(
  {},
  { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
  { Condition: { StringEquals: { "sts:ExternalId": "x" } } },
  { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } },
  { Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:*" } } },
  { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
);
const place = fc.constantFrom(
  { name: "any", path: "/" },
  { name: "any", path: "/application/" },
  { name: "AWSServiceRoleForSupport", path: "/aws-service-role/support.amazonaws.com/" },
  { name: "AWSReservedSSO_Any_0123456789abcdef", path: "/aws-reserved/sso.amazonaws.com/" },
  { name: "OrganizationAccountAccessRole", path: "/" },
  { name: "any", path: "/rolecall/" },
);
const account = fc.constantFrom<"user" | "testing">("user", "testing");
const actions = fc.constantFrom<string | readonly string[]>("sts:AssumeRole", "sts:*", "*", [
  "sts:TagSession",
  "sts:AssumeRoleWithWebIdentity",
]);

test("law: a role that lets a stranger in is named, wherever it lies and whatever it is called", () => {
  fc.assert(
    fc.property(
      account,
      place,
      fc.constantFrom(...STRANGERS),
      condition,
      actions,
      (where, role, stranger, more, Action) => {
        const Principal = role.name.startsWith("Organ") ? { AWS: USER_ACCOUNT } : { Service: "lambda.amazonaws.com" };
        const own = { Effect: "Allow", Principal, Action: "sts:AssumeRole" };
        const opened = { Effect: "Allow", Principal: stranger, Action, ...more };
        const trust = { Statement: [own, opened] };
        const roles = [{ ...role, trust }];
        const { found } = brieflySaid({ name: "", account: where, roles, found: [] });
        expect(found.filter((line) => !line.startsWith("note "))).not.toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});

test("law: whatever stands as a trust, there is an answer for the role", () => {
  fc.assert(
    fc.property(
      account,
      place,
      fc.oneof(
        fc.json(),
        fc.jsonValue().filter((value) => value !== null),
      ),
      (where, role, trust) => {
        const roles = [{ ...role, trust: typeof trust === "string" ? trust : { Statement: trust } }];
        const all = entrancesOf({ name: "", account: where, roles, found: [] } satisfies EntranceCase);
        expect(all.some(({ arn }) => arn.endsWith(`${role.path}${role.name}`))).toBe(true);
      },
    ),
    { numRuns: 100 },
  );
});
