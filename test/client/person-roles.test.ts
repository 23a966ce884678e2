import fc from "fast-check";
import { readFileSync } from "node:fs";
import { compileMatrix } from "../../modules/access/matrix";
import { personRoles } from "../../modules/client/person-roles";
import { parseRoster } from "../../modules/roster/parse";

const now = new Date("2026-11-23T00:00:00Z");
const read = parseRoster([{ path: "roster.yaml", bytes: readFileSync("roster.yaml") }], now);
if (!read.ok) throw new Error("the example does not hold");
const roster = read.value;

test("exactly the roles of the matrix, with what a client needs to take each", () => {
  for (const { person, cells } of compileMatrix(roster, now).rows) {
    const held = cells.flatMap(({ account, tiers }) => tiers.map(({ tier }) => `${account}/${tier}`));
    expect(personRoles(roster, person, now)?.map(({ account, tier }) => `${account}/${tier}`)).toEqual(held);
  }
  expect(personRoles(roster, "dev.two@example.org", now)).toContainEqual({
    account: "production",
    accountId: "333333333333",
    region: "eu-central-1",
    environment: "production",
    tier: "operator",
    roleArn: "arn:aws:iam::333333333333:role/rolecall/operator",
    sessionSeconds: 3600,
    mfaAgeSeconds: 43200,
    until: "2027-01-15T00:00:00Z",
  });
});

test("nobody's name has no roles, not an empty list of them", () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(personRoles(roster, `nobody-${name}`, now)).toBeUndefined();
    }),
  );
});

test("a grant that ended gives no role", () => {
  const later = personRoles(roster, "dev.two@example.org", new Date("2027-01-15T00:00:00Z"));
  expect(later?.map(({ account, tier }) => `${account}/${tier}`)).toEqual(["production/spectator", "testing/operator"]);
});
