import fc from "fast-check";
import { reviewVerdictOf } from "../../modules/review/access-change";
import type { Roster } from "../../modules/roster/roster";
import { moreThan, samples } from "./more";
import { NOW, rosters } from "./random-rosters";
import { saidOf } from "./said";

/** `ROLECALL_DEEP=20000 jest test/review/property`: so many pairs, another choice of them each time. */
const DEEP = Number(process.env["ROLECALL_DEEP"] ?? 0);
const RUNS = DEEP > 0 ? { numRuns: DEEP } : { numRuns: 100, seed: 1 };
const { anyRoster, anyPair } = rosters(DEEP > 0);

jest.setTimeout(DEEP > 0 ? 24 * 3_600_000 : 120_000);

test("whoever can do more, at any time, with any MFA, for any length, the review says that somebody gains, or cannot tell", () => {
  let found = 0;
  fc.assert(
    fc.property(anyPair, samples, ([base, head], some) => {
      const more = moreThan(base, head, some);
      if (more === undefined) return;
      found++;
      const verdict = reviewVerdictOf(saidOf(base, head, NOW));
      expect([verdict, more]).toEqual([expect.stringMatching(/^(widening|unknown)$/), more]);
    }),
    RUNS,
  );
  // The law is about something.
  expect(found).toBeGreaterThan(RUNS.numRuns / 10);
});

test("the same roster with its keys in another order is no change", () => {
  const turned = ({ people, teams, tiers, accounts, ...rest }: Roster): Roster => ({
    ...rest,
    ...{ people: [...people].reverse(), teams: [...teams].reverse() },
    ...{ tiers: [...tiers].reverse(), accounts: [...accounts].reverse() },
  });
  fc.assert(
    fc.property(anyRoster, (roster) => {
      expect(saidOf(roster, turned(roster), NOW)).toEqual([]);
    }),
    { ...RUNS, numRuns: Math.min(RUNS.numRuns, 1_000) },
  );
});
