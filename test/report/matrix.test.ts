import fc from "fast-check";
import { compileMatrix } from "../../modules/access/matrix";
import { renderMatrix } from "../../modules/report/matrix";
import { cutAll } from "../../modules/report/terminal/cut";
import { sampleAccount, sampleGrant, samplePerson, sampleRoster, sampleTeam } from "../support/sample-roster";
import { NOW } from "../support/synth";

const NAMES = fc.uniqueArray(fc.stringMatching(/^[a-z0-9.@-]{1,64}$/), { minLength: 1, maxLength: 8 });
const KEYS = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/), { minLength: 1, maxLength: 9 });

test("the example, as docs/start.md shows it", () => {
  expect(renderMatrix(sampleRoster(), NOW)).toBe(`\
person                    testing        production
------------------------  -------------  ------------------------------------
developers (2)
  dev.one@example.org     operator       spectator
  dev.two@example.org     operator       operator until 2027-01-15, spectator
seniors (1)
  senior.one@example.org  administrator  administrator
------------------------  -------------  ------------------------------------
administrators            1              1
operators                 2              1
spectators                -              2
`);
});

test("too narrow for words: letters with a legend; too narrow for all accounts: below each other", () => {
  expect(renderMatrix(sampleRoster(), NOW, 50)).toContain("  dev.two@example.org     O        O* S\n");
  expect(renderMatrix(sampleRoster(), NOW, 50)).toMatch(
    /\nA administrator {3}O operator {3}S spectator\n\* ends by itself\n$/,
  );
  const narrow = renderMatrix(sampleRoster(), NOW, 40);
  expect(narrow.split("\n\n")).toHaveLength(3);
  expect(narrow.split("\n\n")[1]).toMatch(/^person +production\n/);
});

test("no line is longer than the terminal, and every letter is there", () => {
  fc.assert(
    fc.property(NAMES, KEYS, fc.integer({ min: 40, max: 200 }), (people, accounts, columns) => {
      const roster = sampleRoster({
        accounts: accounts.map((key, index) => sampleAccount(key, String(index))),
        teams: [
          sampleTeam(
            "team",
            accounts.map((key) => sampleGrant(key, "operator")),
          ),
        ],
        people: people.map((key) => samplePerson(key, ["team"])),
      });
      const text = renderMatrix(roster, NOW, columns);
      for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
      const held = text.split("\n").filter((line) => line.startsWith("  "));
      const shown = held.join("\n").match(/(?<= )(operator|O)(?= {2}|$)/gm) ?? [];
      const cells = compileMatrix(roster, NOW).rows.flatMap((row) => row.cells);
      expect(shown).toHaveLength(cells.filter(({ tiers }) => tiers.length > 0).length);
    }),
  );
});

test("cut names stay different from each other where they can", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[ab]{1,12}$/), { minLength: 1, maxLength: 5 }), (texts) => {
      expect(new Set(cutAll(texts, 12)).size).toBe(texts.length);
      for (const text of cutAll(texts, 6)) expect(text.length).toBeLessThanOrEqual(6);
    }),
  );
  expect(cutAll(["production-eu", "production-us"], 8)).toEqual(["prod…-eu", "prod…-us"]);
});

test("one long name does not push accounts below each other: it is cut in the middle, in a terminal alone", () => {
  const long = `an.uncommonly.long.name.of.somebody.who.is.in.many.teams@example.org`;
  const accounts = ["aa", "bb", "cc", "dd", "ee", "ff"].map((key) => sampleAccount(key, "2"));
  const team = sampleTeam(
    "team",
    accounts.map(({ key }) => sampleGrant(key, "operator")),
  );
  const matrix = (people: readonly string[], columns?: number) => {
    const roster = sampleRoster({ accounts, teams: [team], people: people.map((key) => samplePerson(key, ["team"])) });
    return renderMatrix(roster, NOW, columns);
  };
  const text = matrix(["ann", long], 80);
  expect(text.match(/^person/gm)).toHaveLength(1);
  expect(text).toContain("  an.uncommonly.long…y.teams@example.org  O ");
  expect(matrix(["ann", long])).toContain(long);
  const alike = [`${"a".repeat(30)}x${"b".repeat(33)}`, `${"a".repeat(30)}y${"b".repeat(33)}`];
  const shown = matrix(alike, 80).match(/^ {2}a+.*?(?= )/gm);
  expect(new Set(shown).size).toBe(2);
});
