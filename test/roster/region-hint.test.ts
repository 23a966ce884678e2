import { isSupported, SUPPORTED_REGIONS } from "../../modules/iam/partition";
import { parseText } from "../support/roster-text";
import { regionHint } from "../../modules/roster/region-hint";
import cases from "./cases/regions.json";

test.each(cases)("$given in a roster of $likely: $says", ({ given, likely, says }) => {
  expect(regionHint(given, isSupported(likely) ? likely : undefined)).toContain(says);
});

const roster = (region: string, account: string) => `organization: example
region: ${JSON.stringify(region)}
userAccount: { id: "111111111111" }
accounts:
  testing: { id: "222222222222", region: ${JSON.stringify(account)} }
teams:
  seniors: { testing: administrator }
people:
  ann@example.org: { teams: [seniors] }
`;

function said(text: string): readonly string[] {
  const parsed = parseText(text);
  return parsed.findings.map(({ code, message }) => `${code} ${message}`);
}

test.each(cases)("the roster's own Region $given, whatever its shape, is one finding", ({ given }) => {
  const found = said(roster(given, "eu-central-1")).filter((each) => each.includes("Region"));
  expect(found).toEqual([expect.stringMatching(/^unknown-region unknown Region/)]);
});

test("the nearest Region is of the roster's partition, which its other Regions tell", () => {
  expect(said(roster("us-gov-west-1", "us-west-7")).join()).toContain("are us-gov-east-1 and us-gov-west-1");
  expect(said(roster("us-west-7", "us-gov-west-1")).join()).toContain("are us-gov-east-1 and us-gov-west-1");
  expect(said(roster("us-west-1", "us-west-7")).join()).toContain('did you mean "us-west-1"?');
});

test("it is said although something else has the wrong shape", () => {
  expect(said(roster("eu-central1", "eu-central-1").replace('"222222222222"', '"22"')).join()).toContain(
    'unknown Region "eu-central1"; did you mean "eu-central-1"?',
  );
});

test("every Region in capitals, without hyphens or with a zone's letter is found again", () => {
  for (const region of SUPPORTED_REGIONS)
    for (const given of [region.toUpperCase(), region.replaceAll("-", ""), region.replaceAll("-", "_"), `${region}c`])
      expect([given, regionHint(given, undefined)]).toEqual([given, `; did you mean "${region}"?`]);
});
