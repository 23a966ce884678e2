import fc from "fast-check";
import { compileMatrix } from "../../modules/access/matrix";
import { buildPicture, isChanged } from "../../modules/report/picture/build";
import { markTiers } from "../../modules/report/picture/marks";
import { orderColumns } from "../../modules/report/picture/columns";
import type { Picture } from "../../modules/report/picture/picture";
import type { Grant, Roster } from "../../modules/roster/roster";
import { sampleAccount, sampleGrant, samplePerson, sampleRoster, sampleTeam } from "../support/sample-roster";
import { NOW } from "../support/synth";
import { ownTier, rosters } from "./rosters";

function against(head: Roster, base: Roster): Picture {
  return buildPicture(head, NOW, { base: { name: "main", roster: base, notes: [] } });
}

function rowsOf({ groups }: Picture) {
  return groups.flatMap(({ rows }) => rows);
}

test("each person is shown once, in a team of theirs, and members shown elsewhere are named", () => {
  fc.assert(
    fc.property(rosters, (roster) => {
      const picture = buildPicture(roster, NOW);
      expect(
        rowsOf(picture)
          .map(({ person }) => person)
          .sort(),
      ).toEqual(roster.people.map(({ key }) => key).sort());
      for (const { team, rows, elsewhere } of picture.groups) {
        const members = roster.people.filter(({ teams }) =>
          team === undefined ? teams.length === 0 : teams.includes(team),
        );
        const shown = [...rows, ...elsewhere].map(({ person }) => person);
        expect(shown.sort()).toEqual(members.map(({ key }) => key).sort());
      }
    }),
  );
});

test("totals are what a hand would count in the matrix, and every way is a grant that holds now", () => {
  fc.assert(
    fc.property(rosters, (roster) => {
      const { columns, groups } = buildPicture(roster, NOW);
      const { rows } = compileMatrix(roster, NOW);
      for (const { account, totals } of columns)
        for (const { mark, holders } of totals)
          expect(holders).toBe(
            rows.filter(({ cells }) =>
              cells.some((cell) => cell.account === account && cell.tiers.some(({ tier }) => tier === mark.tier)),
            ).length,
          );
      for (const { cells } of groups.flatMap((group) => group.rows))
        for (const { ways, until } of cells.flatMap(({ held }) => held)) {
          expect(ways.length).toBeGreaterThan(0);
          expect(ways.every((way) => way.until === undefined || Date.parse(way.until) > NOW.getTime())).toBe(true);
          expect(until === undefined).toBe(ways.some((way) => way.until === undefined));
        }
    }),
  );
});

test("against itself nothing changes; the other way round, gains are losses, and what is narrower is wider", () => {
  fc.assert(
    fc.property(rosters, rosters, (one, other) => {
      expect(rowsOf(against(one, one)).some(isChanged)).toBe(false);
      const [there, back] = [against(one, other).comparison, against(other, one).comparison];
      expect([there?.gained, there?.changed, there?.people]).toEqual([back?.lost, back?.changed, back?.people]);
      expect(there?.narrower).toBeLessThanOrEqual(back?.wider ?? 0);
    }),
  );
});

const JANUARY = "2027-01-15T00:00:00Z";
test.each<readonly [string, string, readonly Grant[], readonly Grant[]]>([
  // Back, MFA may be 12 h old instead of 1 h.
  ["wider", "other", [sampleGrant("testing", "spectator")], [sampleGrant("testing", "administrator")]],
  // Back, a spectator sees CloudHSM.
  ["wider", "other", [sampleGrant("testing", "spectator")], [sampleGrant("testing", "operator")]],
  ["wider", "other", [sampleGrant("testing", "deployer")], [sampleGrant("testing", "administrator")]],
  ["wider", "narrower", [sampleGrant("testing", "operator", JANUARY)], [sampleGrant("testing", "operator")]],
  [
    "wider",
    "narrower",
    [sampleGrant("testing", "operator")],
    [sampleGrant("testing", "operator"), sampleGrant("testing", "spectator")],
  ],
  ["other", "other", [sampleGrant("testing", "spectator")], [sampleGrant("testing", "operator", JANUARY)]],
  ["other", "other", [sampleGrant("testing", "spectator")], [sampleGrant("testing", "deployer")]],
  ["other", "other", [sampleGrant("testing", "operator")], [sampleGrant("testing", "deployer")]],
])("%s, and back %s: from %j to %j", (kind, opposite, before, after) => {
  const tiers = [...sampleRoster().tiers, ownTier("deployer")];
  const roster = (grants: readonly Grant[]) => sampleRoster({ tiers, people: [samplePerson("ann", [], grants)] });
  const kindOf = (head: readonly Grant[], base: readonly Grant[]) =>
    rowsOf(against(roster(head), roster(base)))[0]?.cells[0]?.change?.kind;
  expect([kindOf(after, before), kindOf(before, after)]).toEqual([kind, opposite]);
});

test("the order of a roster's people, teams and accounts does not matter", () => {
  fc.assert(
    fc.property(rosters, (roster) => {
      const turned = {
        ...roster,
        people: [...roster.people].reverse(),
        teams: [...roster.teams].reverse(),
        accounts: [...roster.accounts].reverse(),
        tiers: [...roster.tiers].reverse(),
      };
      expect(JSON.stringify(buildPicture(turned, NOW))).toBe(JSON.stringify(buildPicture(roster, NOW)));
    }),
  );
});

test.each([
  [["auditor", "deployer"], "A O Au D S"],
  [["developer", "deployer", "dev-ops", "d"], "A O D De Dv Dl S"],
  [["operators", "spectators", "administrators"], "A O Ad Op Sp S"],
  [["a", "aa", "aaa", "aaaa"], "A O A2 Aa A3 A4 S"],
])("tiers %j get letters nobody confuses: %s", (own, expected) => {
  const marks = markTiers([...own, "spectator", "operator", "administrator"].map((key) => ({ key })));
  expect(marks.map(({ letter }) => letter).join(" ")).toBe(expected);
});

test("letters never collide", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-c][a-c0-9-]{0,3}$/), { maxLength: 60 }), (own) => {
      const letters = markTiers(own.map((key) => ({ key }))).map(({ letter }) => letter);
      expect(new Set(letters).size).toBe(own.length);
    }),
  );
});

test("accounts go from testing to production, an environment at a time; new and gone ones are marked", () => {
  const account = (key: string, environment: string) => ({ ...sampleAccount(key, "2"), environment });
  const head = [
    account("a", "production"),
    account("b", "testing"),
    account("c", "shared"),
    account("d", "dev"),
    account("e", "testing"),
  ];
  const base = [account("a", "production"), account("x", "staging")];
  expect(orderColumns(head, base).map(({ account: { key }, production, change }) => [key, production, change])).toEqual(
    [
      ["d", false, "new"],
      ["b", false, "new"],
      ["e", false, "new"],
      ["x", false, "gone"],
      ["c", false, "new"],
      ["a", true, undefined],
    ],
  );
});

test.each([
  ["production", true],
  ["prod", true],
  ["eu-production", true],
  ["prd", true],
  ["prod2", true],
  ["live-eu", true],
  ["testing-production", true],
  ["products", false],
  ["delivery", false],
  ["non-prod", false],
  ["pre-production", false],
  ["testing", false],
])("%s is production: %s, as environment and as name of an account without one", (name, production) => {
  const { environment: _, ...bare } = sampleAccount(name, "2");
  for (const account of [{ ...sampleAccount("a", "2"), environment: name }, bare])
    expect(orderColumns([account], undefined)[0]?.production).toBe(production);
  const named = { ...sampleAccount("production", "2"), environment: "testing" };
  expect(orderColumns([named], undefined)[0]?.production).toBe(false);
});

test("a person of several teams stands under the smallest", () => {
  const teams = ["everybody", "ops"].map((key) => sampleTeam(key, [sampleGrant("testing", "spectator")]));
  const people = [
    samplePerson("ann", ["everybody", "ops"]),
    samplePerson("bob", ["everybody"]),
    samplePerson("cem", []),
  ];
  const { groups } = buildPicture(sampleRoster({ teams, people }), NOW);
  expect(groups.map(({ team, rows, elsewhere }) => [team, rows.map(({ person }) => person), elsewhere])).toEqual([
    ["everybody", ["bob"], [{ person: "ann", team: "ops" }]],
    ["ops", ["ann"], []],
    [undefined, ["cem"], []],
  ]);
});

test("limits of an account and of all stand beside the totals, the lower one counts", () => {
  const limits = [
    { tier: "administrator", max: 3 },
    { tier: "administrator", account: "production", max: 0 },
  ];
  const { columns } = buildPicture(sampleRoster(), NOW, { limits });
  expect(
    columns.map(({ account, totals }) => [account, totals[0]?.holders, totals[0]?.limit, totals[1]?.limit]),
  ).toEqual([
    ["testing", 1, 3, undefined],
    ["production", 1, 0, undefined],
  ]);
});
