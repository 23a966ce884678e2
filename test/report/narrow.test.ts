import fc from "fast-check";
import { wantedOf } from "../../modules/cli/roster/matrix-filter";
import { renderPicture } from "../../modules/report/matrix";
import { buildPicture } from "../../modules/report/picture/build";
import { narrowPicture } from "../../modules/report/picture/narrow";
import { sampleRoster } from "../support/sample-roster";
import { NOW } from "../support/synth";
import { rosters } from "./rosters";

const subset = <T>(all: readonly T[]) => fc.option(fc.subarray([...all]), { nil: undefined });

test("law: a narrowed picture has exactly the tiers asked for, and its totals are the people it shows", () => {
  fc.assert(
    fc.property(
      rosters.chain((roster) =>
        fc.tuple(
          fc.constant(roster),
          subset(roster.accounts.map(({ key }) => key)),
          subset(roster.tiers.map(({ key }) => key)),
          subset(roster.people.map(({ key }) => key)),
        ),
      ),
      ([roster, accounts, tiers, people]) => {
        const whole = buildPicture(roster, NOW);
        const some = narrowPicture(whole, {
          ...(accounts && { accounts: new Set(accounts) }),
          ...(tiers && { tiers: new Set(tiers) }),
          ...(people && { people: new Set(people) }),
        });
        const cellsOf = ({ columns, groups }: typeof whole) =>
          groups.flatMap(({ rows }) =>
            rows.flatMap(({ person, cells }) =>
              cells.flatMap(({ held }, index) =>
                held.map(({ mark }) => [person, columns[index]?.account ?? "", mark.tier].join("\n")),
              ),
            ),
          );
        const isWanted = (cell: string) => {
          const [person = "", account = "", tier = ""] = cell.split("\n");
          return [accounts?.includes(account), tiers?.includes(tier), people?.includes(person)].every(
            (is) => is ?? true,
          );
        };
        expect(cellsOf(some)).toEqual(cellsOf(whole).filter(isWanted));
        for (const { account, totals } of some.columns)
          for (const { mark, holders } of totals)
            expect(cellsOf(some).filter((cell) => cell.endsWith(`\n${account}\n${mark.tier}`))).toHaveLength(holders);
      },
    ),
  );
});

test("names as people give them: environments, teams, and what was meant instead", () => {
  const roster = sampleRoster();
  const shown = wantedOf(roster, { account: ["@production"], team: ["developers"], tier: ["operator"] });
  if ("wrong" in shown) throw new Error(shown.wrong.join());
  expect(renderPicture(narrowPicture(buildPicture(roster, NOW), shown.wanted))).toBe(`\
person                 production
---------------------  -------------------------
developers (1)
  dev.two@example.org  operator until 2027-01-15
---------------------  -------------------------
operators              1
`);
  expect(wantedOf(roster, { account: ["prodution", "@nowhere"], tier: ["admin"], person: ["x"] })).toEqual({
    wrong: [
      'unknown account "prodution"; did you mean "production"?',
      'unknown account "@nowhere"; rolecall matrix lists them',
      'unknown person "x"; rolecall matrix lists them',
      'unknown tier "admin"; did you mean "administrator"?',
    ],
  });
});
