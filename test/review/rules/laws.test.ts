import fc from "fast-check";
import { stringify } from "yaml";
import { breachesOf } from "../../../modules/review/rules/breaches";
import { NO_RULES, type ReviewRules, type Scope } from "../../../modules/review/rules/rules";
import { meaningIn, means, type Subject } from "../../../modules/review/rules/scope";
import { rosterOf } from "../../support/roster-text";
import { NOW } from "../../support/synth";
import { able, rulesOf } from "./judged";

const DAY = 86_400_000;

const roster = (environment: string, allow: string, until: readonly (string | undefined)[] = []) =>
  rosterOf(
    stringify({
      organization: "example",
      region: "eu-central-1",
      userAccount: { id: "111111111111" },
      accounts: { a: { id: "222222222222", environment }, b: { id: "333333333333", environment: "live" } },
      tiers: { mine: { allow: [allow] } },
      teams: { seniors: { a: "administrator", b: "administrator" } },
      people: {
        eva: { teams: ["seniors"] },
        ...Object.fromEntries(
          until.map((end, at) => [
            `p${at}`,
            { grants: [{ account: "a", tier: "mine", ...(end === undefined ? {} : { until: end }) }] },
          ]),
        ),
      },
    }),
  );

const [BASE, HEAD] = [roster("test", "iam:PassRole"), roster("live", "s3:GetObject")];
const place = { file: "review.yaml", line: 1, column: 1 };
const word = (text: string) => ({ text, place });

const scopes: fc.Arbitrary<Scope> = fc
  .record({
    account: fc.option(fc.constantFrom("a", "b", "user", "@live", "@test", "@gone"), { nil: undefined }),
    tier: fc.option(fc.constantFrom("mine", "operator", "administrator", "gone"), { nil: undefined }),
    allows: fc.option(fc.constantFrom(["iam:PassRole"], ["s3:Get*"], ["cloudhsm:*", "iam:*"]), { nil: undefined }),
  })
  .map(({ account, tier, allows }) => ({
    place,
    ...(account ? { account: word(account) } : {}),
    ...(tier ? { tier: word(tier) } : {}),
    ...(allows ? { allows: allows.map(word) } : {}),
  }));

const subjects = fc.record({
  account: fc.constantFrom("a", "b", "user", "999999999999"),
  tier: fc.constantFrom("mine", "operator", "administrator", "spectator", "rogue"),
});

test("what is known less of a change, or read on one side more, never takes it out of a rule", () => {
  const [both, one] = [meaningIn([BASE, HEAD], able), [meaningIn([BASE], able), meaningIn([HEAD], able)]];
  fc.assert(
    fc.property(scopes, subjects, (scope, { account, tier }) => {
      const known = means(scope, { account, tier }, both);
      // Of the user account and of strange ones nobody knows what a tier allows there, so no name of a tier says more.
      const isOurs = account === "a" || account === "b";
      const less: readonly Subject[] = [{}, { account }, { account, tier: "rogue" }, ...(isOurs ? [{ tier }] : [])];
      if (known && less.some((subject) => !means(scope, subject, both))) return false;
      const isHere = BASE.accounts.some(({ key }) => key === account) && BASE.tiers.some(({ key }) => key === tier);
      return !isHere || known || one.every((meaning) => !means(scope, { account, tier }, meaning));
    }),
    { numRuns: 500 },
  );
});

test("no later moment has more holders than now: counting now counts the most", () => {
  const limited = rulesOf("holders: [{ tier: mine, most: 0 }, { allows: ['iam:PassRole'], most: 0 }]");
  const rules: ReviewRules = limited !== "absent" && limited.ok ? limited.value : NO_RULES;
  const end = fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined });
  const ends = fc.array(end, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(ends, fc.integer({ min: 0, max: 70 }), (days, later) => {
      const untils = days.map(
        (day) => day && new Date(Math.floor((+NOW + day * DAY) / DAY) * DAY).toISOString().slice(0, 10),
      );
      const people = roster(
        "test",
        "iam:PassRole",
        untils.map((until) => until || undefined),
      );
      const at = (now: Date) =>
        new Map(
          breachesOf(people, rules, now, meaningIn([people], able)).map(({ identity, size }) => [identity, size]),
        );
      const now = at(NOW);
      return [...at(new Date(+NOW + later * DAY))].every(([identity, size]) => size <= (now.get(identity) ?? -1));
    }),
    { numRuns: 50 },
  );
});
