import { createHash } from "node:crypto";
import fc from "fast-check";
import { pageAssets } from "../../modules/cli/roster/page-assets";
import { compileMatrix } from "../../modules/access/matrix";
import { renderPage } from "../../modules/report/html/document";
import { buildPicture } from "../../modules/report/picture/build";
import type { Roster } from "../../modules/roster/roster";
import { compareNaturally } from "../../modules/text";
import { HOME } from "../support/run-command";
import { sampleAccount, sampleGrant, samplePerson, sampleRoster, sampleTeam } from "../support/sample-roster";
import { NOW } from "../support/synth";
import { readAccounts, readCells, readLegend } from "./read-page";
import { HOSTILE, rosters } from "./rosters";

const ASSETS = pageAssets(HOME);
const RUNS = 150;

function pageOf(roster: Roster, base?: Roster): string {
  return renderPage(
    buildPicture(roster, NOW, base ? { base: { name: "main", roster: base, notes: HOSTILE } } : {}),
    ASSETS,
  );
}

/** Strongest first: an own tier is weaker than an operator and stronger than a spectator. */
function strength(tier: string): number {
  return ["administrator", "operator", "", "spectator"].indexOf(
    ["administrator", "operator", "spectator"].includes(tier) ? tier : "",
  );
}

/** Each person's tiers by account, strongest first, as the matrix has them. */
function tiersOf(roster: Roster): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  return new Map(
    compileMatrix(roster, NOW).rows.map(({ person, cells }) => [
      person,
      new Map(
        cells.map(({ account, tiers }) => [
          account,
          tiers.map(({ tier }) => tier).sort((a, b) => strength(a) - strength(b) || (a < b ? -1 : 1)),
        ]),
      ),
    ]),
  );
}

test("the page's letters are the matrix: every cell, every tier, nothing else", () => {
  fc.assert(
    fc.property(rosters, (roster) => {
      const html = pageOf(roster);
      const legend = readLegend(html);
      expect(legend.size).toBe(roster.tiers.length);
      const accounts = readAccounts(html);
      const cells = readCells(html);
      const people = roster.people.map(({ key }) => key).sort(compareNaturally);
      expect([...cells.keys()].sort((a, b) => a - b)).toEqual(people.map((_, index) => index));
      for (const [index, person] of people.entries())
        for (const [column, account] of accounts.entries()) {
          const expected = tiersOf(roster).get(person)?.get(account) ?? [];
          const cell = cells.get(index)?.[column];
          expect(cell?.letters.map((letter) => legend.get(letter)) ?? []).toEqual(expected);
          if (cell === undefined) continue;
          expect(legend.get(cell.drawn.replace("+", ""))).toBe(expected[0]);
          expect(cell.drawn.endsWith("+")).toBe(expected.length > 1);
          expect(cell.words.split(", ").map((words) => words.replace(/ until .*/, ""))).toEqual(expected);
        }
    }),
    { numRuns: RUNS },
  );
});

test("against a base, every cell says what was and what is", () => {
  fc.assert(
    fc.property(rosters, rosters, (head, base) => {
      const html = pageOf(head, base);
      const accounts = readAccounts(html);
      const people = [...new Set([...head.people, ...base.people].map(({ key }) => key))].sort(compareNaturally);
      const [now, before] = [tiersOf(head), tiersOf(base)];
      for (const [index, cells] of readCells(html))
        for (const [column, account] of accounts.entries()) {
          const person = people[index] ?? "";
          const held = now.get(person)?.get(account) ?? [];
          const had = before.get(person)?.get(account) ?? [];
          const { drawn = "", words = "" } = cells[column] ?? {};
          if (held.length === 0 && had.length === 0) expect(drawn).toBe("");
          else if (had.length === 0) expect(words).toMatch(/^gained: /);
          else if (held.length === 0) expect(words).toMatch(/^lost: /);
          else if (held.join() !== had.join())
            expect([words, drawn]).toEqual([
              expect.stringMatching(/^(wider|changed|narrower): /),
              expect.stringMatching(words.startsWith("w") ? /↑$/ : words.startsWith("n") ? /↓$/ : /~$/),
            ]);
        }
    }),
    { numRuns: RUNS },
  );
});

test("the same roster gives the same bytes", () => {
  const once = pageOf(sampleRoster(), sampleRoster({ people: [] }));
  expect(pageOf(structuredClone(sampleRoster()), sampleRoster({ people: [] }))).toBe(once);
  expect(once).not.toMatch(/\d\d:\d\d:\d\d/);
});

test("nothing that comes from a roster or a git ref is ever markup", () => {
  const hostile = sampleRoster({
    organization: HOSTILE[0] ?? "",
    teams: HOSTILE.map((key) => sampleTeam(key, [sampleGrant("testing", "operator")])),
    people: HOSTILE.map((key) => {
      const place = { file: key, line: 1, column: 1 };
      const grant = { ...sampleGrant("production", "operator", "2027-01-15T00:00:00Z"), reason: key, place };
      return { ...samplePerson(key, HOSTILE, [grant]), place };
    }),
  });
  const plain = pageOf(sampleRoster(), sampleRoster({ people: [] }));
  const html = pageOf(hostile, sampleRoster({ people: [] }));
  const tags = (text: string) => new Set(text.match(/<\/?[a-z][a-z0-9]*/g));
  const used = new Set([...tags(plain), "<em", "<s", "</s", "<q", "</q"]);
  expect([...tags(html)].filter((tag) => !used.has(tag))).toEqual([]);
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html.replace(/<script>.*?<\/script>|<style>.*?<\/style>/gs, "")).not.toMatch(
    /[\u202a-\u202e\u2066-\u2069\0\x1b\ud800]/u,
  );
  expect(html).not.toMatch(/ on[a-z]+=(?!alert\(1\)&#62;)/);
});

test("the policy allows exactly the page's own style and scripts, and nothing from anywhere", () => {
  const html = pageOf(sampleRoster());
  const hash = (text = "") => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => hash(text));
  const [style] = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text]) => hash(text));
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  expect(policy?.split("; ")).toEqual([
    "default-src 'none'",
    `script-src ${scripts.join(" ")}`,
    `style-src ${style}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
  expect(html).not.toMatch(/https?:\/\/|style=|url\(|@import|unsafe/);
});

describe("colours", () => {
  const themes = ASSETS.style.match(/:root\{[^}]*--page[^}]*\}/g) ?? [];
  const luminance = (hex: string) => {
    const [r = 0, g = 0, b = 0] =
      (hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex)
        .slice(1)
        .match(/../g)
        ?.map((part) => Number.parseInt(part, 16) / 255)
        .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) ?? [];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string) => {
    const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };

  test.each([
    ["light", themes[0]],
    ["dark", themes[1]],
  ])("%s: text is readable, and steps of the ramp differ", (_, theme = "") => {
    const colour = (name: string) => new RegExp(`--${name}:\\s*(#[0-9a-f]+)`).exec(theme)?.[1] ?? "";
    for (const tier of ["ta", "to", "tx", "ts"])
      expect(contrast(colour(tier), colour(`${tier}-ink`))).toBeGreaterThanOrEqual(4.5);
    for (const ink of ["ink", "muted", "link", "alarm"])
      for (const ground of ["page", "panel", "band"])
        expect([ink, ground, contrast(colour(ink), colour(ground)) >= 4.5]).toEqual([ink, ground, true]);
    const ramp = ["ta", "to", "tx", "ts", "page"].map((name) => luminance(colour(name)));
    const direction = Math.sign((ramp[4] ?? 0) - (ramp[0] ?? 0));
    for (const [index, step] of ramp.slice(1).entries())
      expect((step - (ramp[index] ?? 0)) * direction).toBeGreaterThan(0);
    for (const [a, b] of [
      ["ta", "to"],
      ["to", "tx"],
      ["tx", "ts"],
    ])
      expect(contrast(colour(a ?? ""), colour(b ?? ""))).toBeGreaterThan(1.3);
  });
});

test("a reason is a sentence with the grant, the group, the role, MFA, session, end, reason and line", () => {
  const html = pageOf(sampleRoster());
  const [, jan = ""] =
    /<summary>dev<wbr>\.two.*?<\/summary>(.*?)<\/details>/s.exec(html.replaceAll(".<wbr>", "<wbr>.")) ?? [];
  const text = jan
    .replaceAll("<wbr>", "")
    .replace(/<(p|h3|li)/g, "\n<$1")
    .replace(/<[^>]*>/g, "")
    .trim();
  expect(text.split("\n")).toEqual([
    "In the team developers, roster.yaml:1:1",
    "testing",
    "O operator as a member of developers (IAM group team-developers), roster.yaml:1:1. Role arn:aws:iam::222222222222:role/rolecall/operator with MFA at most 12 h old, for sessions of 1 h at most.",
    "production",
    "O operator until 2027-01-15 by a grant of their own, roster.yaml:1:1. Role arn:aws:iam::333333333333:role/rolecall/operator with MFA at most 12 h old, for sessions of 1 h at most.",
    "S spectator as a member of developers (IAM group team-developers), roster.yaml:1:1. Role arn:aws:iam::333333333333:role/rolecall/spectator with MFA at most 12 h old, for sessions of 1 h at most.",
  ]);
});

test("an end that moves is a change, a grant that comes another way is none", () => {
  const withEnd = (until: string | undefined) =>
    sampleRoster({ people: [samplePerson("ann", ["developers"], [sampleGrant("production", "operator", until)])] });
  const later = readCells(pageOf(withEnd("2027-02-01T00:00:00Z"), withEnd("2027-01-15T18:00:00Z"))).get(0);
  expect(later?.[1]).toMatchObject({
    drawn: "O+↑",
    words: "wider: operator until 2027-02-01, spectator instead of operator until 2027-01-15 18:00 UTC, spectator",
  });
  const team = sampleRoster({ people: [samplePerson("ann", ["developers"])] });
  const both = sampleRoster({ people: [samplePerson("ann", ["developers"], [sampleGrant("testing", "operator")])] });
  expect(readCells(pageOf(both, team)).get(0)?.[0]).toMatchObject({ drawn: "O", words: "operator" });
});

test("a heavy rule stands before production, also when unchanged accounts are out of sight", () => {
  const accounts = ["a-testing", "b-production", "c-production"]
    .map((key) => sampleAccount(key, "222222222222"))
    .map((account) => ({
      ...account,
      environment: account.key.slice(2),
    }));
  const roster = (tiers: readonly string[]) =>
    sampleRoster({
      accounts,
      teams: [],
      people: [
        samplePerson(
          "ann",
          [],
          accounts.map(({ key }, index) => sampleGrant(key, tiers[index] ?? "spectator")),
        ),
      ],
    });
  const classes = (html: string) =>
    [...(/<tr class="team">.*\n/.exec(html)?.[0].matchAll(/<td(?: class="([^"]*)")?>/g) ?? [])].map(
      ([, names]) => names,
    );
  const heads = (html: string) =>
    [...html.matchAll(/<th scope=col(?: class="([^"]*)")? title/g)].map(([, names]) => names);
  expect(heads(pageOf(roster([])))).toEqual([undefined, "production", undefined]);
  const changed = pageOf(roster(["operator", "spectator", "operator"]), roster([]));
  expect(heads(changed)).toEqual([undefined, "production", "changed-production"]);
  expect(classes(changed).slice(0, 3)).toEqual([undefined, "production", "changed-production"]);
  expect(changed).toContain('<col class="name"><col><col class="same"><col>');
});
