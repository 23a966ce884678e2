import fc from "fast-check";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { HOME, expectCode, run } from "./support/run-command";

jest.setTimeout(60_000);

const ACCOUNTS = { user: "111111111111", testing: "222222222222", production: "333333333333" };

/** The example as entries, so that their order can be shuffled. `ä` and `z` sort differently by locale, `I` and `i` by case. */
function sections(): [string, unknown][] {
  return [
    ["organization", "example"],
    ["region", "eu-central-1"],
    ["userAccount", { id: ACCOUNTS.user, alias: "example-users" }],
    [
      "accounts",
      {
        testing: { id: ACCOUNTS.testing, environment: "testing" },
        production: { id: ACCOUNTS.production, environment: "production" },
      },
    ],
    [
      "teams",
      {
        zeta: { "@testing": "operator", production: "spectator" },
        alpha: { "@testing": "administrator", production: "administrator" },
      },
    ],
    [
      "people",
      {
        "Zoe@x.org": { teams: ["zeta"] },
        "anna@x.org": { teams: ["alpha", "zeta"] },
        "Ida@x.org": { teams: ["zeta"] },
        "b+c@x.org": { teams: ["alpha"] },
      },
    ],
  ];
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const [first] = fc.sample(fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length }), {
    seed,
    numRuns: 1,
  });
  return first ?? [];
}

function deepShuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return shuffled(value, seed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    shuffled(Object.entries(value), seed).map(([key, inner]) => [key, deepShuffled(inner, seed + 1)]),
  );
}

async function synth(roster: string, locale: string): Promise<Record<string, string>> {
  const cwd = mkdtempSync(join(tmpdir(), "rolecall-determinism-"));
  writeFileSync(join(cwd, "roster.yaml"), roster);
  const env = { PATH: process.env["PATH"], HOME: cwd, LC_ALL: locale, LANG: locale, CDKTF_OUTDIR: join(cwd, "out") };
  expectCode(await run(process.execPath, [join(HOME, "bin/run.js"), "main.ts"], { cwd, env }), 0);
  const stacks = readdirSync(join(cwd, "out/stacks")).sort();
  const bytes = Object.fromEntries(
    stacks.map((stack) => [stack, readFileSync(join(cwd, "out/stacks", stack, "cdk.tf.json"), "utf8")]),
  );
  rmSync(cwd, { recursive: true });
  return bytes;
}

test("the same roster in any order of keys, folder and locale gives the same bytes", async () => {
  const expected = await synth(stringify(Object.fromEntries(sections())), "C");
  expect(Object.keys(expected)).toEqual(["production", "testing", "user"]);
  for (const [seed, locale] of [
    [1, "sv_SE.UTF-8"],
    [2, "tr_TR.UTF-8"],
    [3, "C"],
  ] as const) {
    const roster = stringify(deepShuffled(Object.fromEntries(shuffled(sections(), seed)), seed));
    expect(await synth(roster, locale)).toEqual(expected);
  }
});

test("another roster gives other bytes: the comparison can fail", async () => {
  const base = sections();
  const other = base.map(([key, value]): [string, unknown] => (key === "organization" ? [key, "other"] : [key, value]));
  const [a, b] = [
    await synth(stringify(Object.fromEntries(base)), "C"),
    await synth(stringify(Object.fromEntries(other)), "C"),
  ];
  expect(a["testing"]).not.toBe(b["testing"]);
});
