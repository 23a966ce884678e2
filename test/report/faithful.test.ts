import fc from "fast-check";
import { compileMatrix } from "../../modules/access/matrix";
import type { Person, Roster } from "../../modules/roster/roster";
import { compareNaturally, compareText } from "../../modules/text";
import { NOW } from "../support/synth";
import { closeQuiet, type WatchedPage } from "../support/watched-page";
import { Reports, rosterOf } from "./opened";
import { type SeenReport, type SeenRow, seenReport } from "./read-browser";
import { rosters } from "./rosters";

/* What can be seen on the screen is what the roster says. */

jest.setTimeout(60_000);

let reports: Reports;
let watched: WatchedPage;
beforeAll(async () => {
  reports = await Reports.start();
  reports.write("any", rosterOf(10, 5));
  watched = await reports.open("any");
});
afterAll(() => reports?.stop());

const BUILT_IN = ["administrator", "operator", "spectator"];

/** Administrator, operator, own tiers by name, spectator. */
function strength(tier: string): number {
  return tier === "spectator" ? 3 : (BUILT_IN.indexOf(tier) + 3) % 3;
}

function byStrength(a: string, b: string): number {
  return strength(a) - strength(b) || compareText(a, b);
}

/** What a hand would draw. */
class Expected {
  readonly people: readonly Person[];
  private readonly held: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly roster: Roster,
    private readonly seen: SeenReport,
  ) {
    this.people = [...roster.people].sort((a, b) => compareNaturally(a.key, b.key));
    this.held = new Map(
      compileMatrix(roster, NOW).rows.flatMap(({ person, cells }) =>
        cells.map(({ account, tiers }) => [`${person}\n${account}`, tiers.map(({ tier }) => tier).sort(byStrength)]),
      ),
    );
  }

  tiers(person: Person, account: string): readonly string[] {
    return this.held.get(`${person.key}\n${account}`) ?? [];
  }

  row(index: number): SeenRow {
    const person = this.people[index];
    if (person === undefined) throw new Error(`nobody is number ${index}`);
    const cells = this.seen.accounts.map((account) => {
      const tiers = this.tiers(person, account);
      return tiers.length === 0 ? "" : this.letter(tiers[0]) + (tiers.length > 1 ? "+" : "") + ownMark(person, account);
    });
    return { index, cells, sum: String(cells.filter((cell) => cell !== "").length) };
  }

  tallies(rows: readonly SeenRow[]): readonly string[] {
    return this.seen.accounts.map((account) => {
      const tops = rows.flatMap(({ index }) => this.tiers(this.people[index] as Person, account)[0] ?? []);
      return this.all()
        .map((tier) => [tops.filter((top) => top === tier).length, this.letter(tier)] as const)
        .filter(([people]) => people > 0)
        .map(([people, letter]) => people + letter)
        .join(" ");
    });
  }

  totals(): SeenReport["totals"] {
    const holders = (tier: string) =>
      this.seen.accounts.map((account) => this.people.filter((one) => this.tiers(one, account).includes(tier)).length);
    return Object.fromEntries(this.all().map((tier) => [`${tier}s`, holders(tier)]));
  }

  figures(): readonly string[] {
    const { accounts, teams, people } = this.roster;
    const admins = people.filter((one) => accounts.some(({ key }) => this.tiers(one, key).includes("administrator")));
    const own = people.flatMap(currentGrants);
    const ending = own.filter(({ until }) => until !== undefined).length;
    const some = ending === own.length ? (ending > 1 ? "all " : "") : `${ending} `;
    const end = ending === 0 ? "" : `, ${some}with an end`;
    return [
      numbered(people.length, "person", "people"),
      numbered(accounts.length, "account", "accounts"),
      numbered(teams.length, "team", "teams"),
      numbered(admins.length, "administrator", "administrators"),
      numbered(own.length, `own grant${end}`, `own grants${end}`),
    ];
  }

  private all(): readonly string[] {
    return this.roster.tiers.map(({ key }) => key).sort(byStrength);
  }

  private letter(tier: string | undefined): string {
    return Object.entries(this.seen.legend).find(([, name]) => name === tier)?.[0] ?? `no letter for ${tier}`;
  }
}

function numbered(value: number, one: string, several: string): string {
  return `${value === 1 ? one : several} ${value}`;
}

function currentGrants({ grants }: Person): Person["grants"] {
  return grants.filter(({ until }) => until === undefined || Date.parse(until) > NOW.getTime());
}

/** A ring when every own grant ends by itself. */
function ownMark(person: Person, account: string): string {
  const own = currentGrants(person).filter((grant) => grant.account === account);
  if (own.length === 0) return "";
  return own.every(({ until }) => until !== undefined) ? " ring" : " dot";
}

async function expectFaithful(roster: Roster): Promise<void> {
  reports.write("any", roster);
  await watched.page.reload();
  const seen = await seenReport(watched.page);
  const expected = new Expected(roster, seen);
  expect(seen.wrong).toEqual([]);
  expect(Object.values(seen.legend)).toEqual(roster.tiers.map(({ key }) => key).sort(byStrength));
  expect([...seen.accounts].sort()).toEqual(roster.accounts.map(({ key }) => key).sort());
  const rows = seen.teams.flatMap((team) => team.rows);
  expect([...rows].sort((a, b) => a.index - b.index)).toEqual(expected.people.map((_, index) => expected.row(index)));
  expect(seen.teams.map(({ tallies }) => tallies)).toEqual(seen.teams.map((team) => expected.tallies(team.rows)));
  expect(seen.totals).toEqual(expected.totals());
  expect(seen.figures).toEqual(expected.figures());
}

test.each([
  [10, 5],
  [100, 13],
])("%s people in %s accounts: every letter, shade, mark, tally, total and figure", async (people, accounts) => {
  await expectFaithful(rosterOf(people, accounts));
});

test("random rosters, names that try to be more than text among them", async () => {
  await fc.assert(fc.asyncProperty(rosters, expectFaithful), { numRuns: 25 });
  await closeQuiet(watched);
});
