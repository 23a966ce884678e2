import fc from "fast-check";
import { claimAccess } from "../../modules/access/claims";
import { compileAccess } from "../../modules/access/compile";
import { holdersOf, peopleBy } from "../../modules/access/holding-index";
import { type Holding, holdingsOf } from "../../modules/access/holdings";
import { compileMatrix } from "../../modules/access/matrix";
import type { UserAccountPlan } from "../../modules/access/plan";
import { personRoles } from "../../modules/client/person-roles";
import type { PolicyDocument } from "../../modules/iam/policy-document";
import { loneAdministratorships } from "../../modules/people/leaving/last-administrator";
import { buildPicture } from "../../modules/report/picture/build";
import { diffHoldings } from "../../modules/review/diff-holdings";
import { powerComparer, powersOf } from "../../modules/review/effective/role-powers";
import type { Roster } from "../../modules/roster/roster";
import { NOW, rosters } from "../review/random-rosters";

/** What a view says: person, account, tier and end of each holding, sorted. */
type View = (roster: Roster) => readonly string[];

const line = (person: string, account: string, tier: string, until: string | undefined) =>
  JSON.stringify([person, account, tier, until ?? null]);

const isNow = (until: string | undefined) => until === undefined || NOW.getTime() < Date.parse(until);

type Granted = readonly [person: string, account: string, tier: string, until: string | undefined];

/** Of several grants of the same role the last end counts. */
function lastEnds(grants: readonly Granted[]): readonly string[] {
  const current = grants.filter(([, , , until]) => isNow(until));
  const roles = new Set(current.map(([person, account, tier]) => JSON.stringify([person, account, tier])));
  return [...roles].map((role) => {
    const [person = "", account = "", tier = ""] = JSON.parse(role) as string[];
    const ends = current.filter((each) => JSON.stringify(each.slice(0, 3)) === role).map(([, , , until]) => until);
    return line(person, account, tier, ends.includes(undefined) ? undefined : ends.sort().at(-1));
  });
}

/** The roster read as plainly as can be, with none of the code that the views share. */
const plainly: View = ({ people, teams }) =>
  lastEnds(
    people.flatMap((person) =>
      [...person.grants, ...teams.filter(({ key }) => person.teams.includes(key)).flatMap(({ grants }) => grants)].map(
        ({ account, tier, until }) => [person.key, account, tier, until] as const,
      ),
    ),
  );

const fromHoldings: View = (roster) =>
  holdingsOf(roster, NOW).map(({ person, account, tier, until }) => line(person.key, account.key, tier.key, until));

const fromMatrix: View = (roster) =>
  compileMatrix(roster, NOW).rows.flatMap(({ person, cells }) =>
    cells.flatMap(({ account, tiers }) => tiers.map(({ tier, until }) => line(person, account, tier, until))),
  );

const fromProfiles: View = (roster) =>
  roster.people.flatMap(({ key }) =>
    (personRoles(roster, key, NOW) ?? []).map(({ account, tier, until }) => line(key, account, tier, until)),
  );

const fromPicture: View = (roster) => {
  const { groups, columns } = buildPicture(roster, NOW);
  return groups.flatMap(({ rows }) =>
    rows.flatMap(({ person, cells }) =>
      cells.flatMap(({ held }, index) =>
        held.map(({ mark, until }) => line(person, columns[index]?.account ?? "", mark.tier, until)),
      ),
    ),
  );
};

const fromClaims: View = (roster) => {
  const claims = claimAccess(roster);
  const roles = new Map(claims.roles.map((role) => [role.arn, role]));
  return lastEnds(
    claims.people.flatMap(({ name, grants }) =>
      grants.map(({ roleArn, until }) => {
        const role = roles.get(roleArn);
        return [name, role?.account ?? "", role?.tier ?? "", until] as const;
      }),
    ),
  );
};

/** What the policies of users and their groups open. */
const fromPlan: View = (roster) => {
  const compiled = compileAccess(roster, NOW);
  if (!compiled.ok) throw new Error("the roster does not compile");
  const user = compiled.value.stacks
    .flatMap(({ accounts }) => accounts)
    .find((account): account is UserAccountPlan => account.kind === "user");
  const roles = new Map(claimAccess(roster).roles.map((role) => [role.arn, role]));
  const opened = ({ Statement }: PolicyDocument) =>
    Statement.filter(({ Action }) => Action?.includes("sts:AssumeRole")).flatMap(({ Resource = [], Condition }) => {
      const until = Condition?.["DateLessThan"]?.["aws:CurrentTime"];
      return Resource.flatMap((arn) => {
        const role = roles.get(arn);
        return role ? [[role.account, role.tier, until === undefined ? undefined : String(until)] as const] : [];
      });
    });
  return lastEnds(
    (user?.users ?? []).flatMap(({ name, inlinePolicies }) => {
      const groups = user?.groups.filter(({ members }) => members.includes(name)) ?? [];
      const policies = [...inlinePolicies, ...groups.flatMap((group) => group.inlinePolicies)];
      return policies.flatMap(({ document }) => opened(document)).map((grant) => [name, ...grant] as const);
    }),
  );
};

const VIEWS: readonly (readonly [string, View])[] = [
  ["holdings", fromHoldings],
  ["matrix", fromMatrix],
  ["profiles", fromProfiles],
  ["page", fromPicture],
  ["claims", fromClaims],
  ["access plan", fromPlan],
];

const { anyRoster, anyPair } = rosters(false);
const agree = (view: View) => (roster: Roster) => expect([...view(roster)].sort()).toEqual([...plainly(roster)].sort());

describe("every view says what the roster says", () => {
  test.each(VIEWS)("%s", (_, view) => fc.assert(fc.property(anyRoster, agree(view))));

  test("a view that forgets the grants of teams does not pass", () => {
    const forgetful: View = (roster) => fromHoldings({ ...roster, teams: [] });
    expect(fc.check(fc.property(anyRoster, agree(forgetful))).failed).toBe(true);
  });

  test("a view that takes the first end for the last does not pass", () => {
    const first = ({ person, account, tier, ways }: Holding) =>
      line(person.key, account.key, tier.key, ways.flatMap(({ until }) => until ?? []).sort()[0]);
    const hasty: View = (roster) => holdingsOf(roster, NOW).map(first);
    expect(fc.check(fc.property(anyRoster, agree(hasty))).failed).toBe(true);
  });
});

test("a review says of everything that somebody gains or loses, and of nothing else", () => {
  const role = (text: string) => JSON.stringify((JSON.parse(text) as string[]).slice(0, 3));
  const managed = new Map();
  fc.assert(
    fc.property(anyPair, ([base, head]) => {
      const [before, after] = [base, head].map((side) => new Set(fromHoldings(side).map(role)));
      const powers = { base: powersOf(base, managed), head: powersOf(head, managed) };
      const changes = diffHoldings({ base, head, now: NOW, powers, comparer: powerComparer([], NOW) });
      const reported = (kind: string) =>
        changes.flatMap((change) =>
          change.kind === kind ? JSON.stringify([change.person, change.account, change.tier]) : [],
        );
      expect(reported("holding-gained").sort()).toEqual([...(after ?? [])].filter((each) => !before?.has(each)).sort());
      expect(reported("holding-lost").sort()).toEqual([...(before ?? [])].filter((each) => !after?.has(each)).sort());
    }),
  );
});

test("counts are of people, each once, and the totals of the page are the same", () => {
  fc.assert(
    fc.property(anyRoster, (roster) => {
      const holdings = holdingsOf(roster, NOW);
      const holders = holdersOf(holdings);
      for (const { account, totals } of buildPicture(roster, NOW).columns)
        for (const { mark, holders: shown } of totals) expect(shown).toBe(holders(account, mark.tier).size);
      for (const [tier, people] of peopleBy(holdings, ({ tier: { key } }) => key))
        expect([...people].sort()).toEqual(
          [...new Set(holdings.filter((each) => each.tier.key === tier).map(({ person }) => person.key))].sort(),
        );
    }),
  );
});

test("somebody is the last administrator exactly where nobody else holds administrator", () => {
  fc.assert(
    fc.property(anyRoster, (roster) => {
      const holders = holdersOf(holdingsOf(roster, NOW));
      for (const { key } of roster.people)
        for (const account of loneAdministratorships(roster, key, NOW))
          expect([...holders(account, "administrator")]).toEqual([key]);
    }),
  );
});

test("a holding names the grants that give it, and only those of now", () => {
  fc.assert(
    fc.property(anyRoster, (roster) => {
      for (const { person, account, tier, ways } of holdingsOf(roster, NOW)) {
        expect(ways.length).toBeGreaterThan(0);
        for (const way of ways) {
          expect([way.account, way.tier, isNow(way.until)]).toEqual([account.key, tier.key, true]);
          expect(way.team === undefined || person.teams.includes(way.team)).toBe(true);
        }
      }
    }),
  );
});
