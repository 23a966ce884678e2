import Ajv2020 from "ajv/dist/2020";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { formatFinding, sortFindings } from "../../modules/finding";
import { parseRoster } from "../../modules/roster/parse";
import { RULES } from "../../modules/roster/rules";
import { ROSTER_SCHEMA } from "../../modules/roster/schema";
import { parseSource } from "../../modules/roster/source";
import { checkShape } from "../../modules/roster/check-shape";
import { briefly, parseText } from "../support/roster-text";
import { NOW } from "../support/synth";

interface Case {
  readonly name: string;
  readonly source: string;
  readonly expected: readonly string[];
}

const CASES = JSON.parse(readFileSync(join(__dirname, "cases/findings.json"), "utf8")) as readonly Case[];
const EXAMPLE = readFileSync(join(__dirname, "../../roster.yaml"), "utf8");

test.each(CASES.map((each) => [each.name, each] as const))("%s", (_name, { source, expected }) => {
  expect(briefly(parseText(source))).toEqual(expected);
});

test("the cases are well-formed, and every rule has one that fails", () => {
  expect(CASES.length).toBeGreaterThan(40);
  expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
  for (const { name, source, expected } of CASES)
    expect([name, typeof source, Array.isArray(expected)]).toEqual([name, "string", true]);
  const caught = new Set(CASES.flatMap(({ expected }) => expected.map((line) => line.split(" ")[2])));
  expect(RULES).toHaveLength(17);
  expect(caught.size).toBeGreaterThan(RULES.length);
});

test("a file's name cannot forge a line or steer a terminal", () => {
  const place = { file: "roster/a\u001b[31m\nb.yaml", line: 1, column: 2 };
  const finding = { code: "x", severity: "error", place, message: "wrong" } as const;
  expect(formatFinding(finding)).toBe("roster/a\\u{1b}[31m\\u{a}b.yaml:1:2: wrong");
});

describe("messages", () => {
  const messages = (text: string) => parseText(text).findings.map(formatFinding);

  test("say the place, what was given and what to do", () => {
    expect(messages(EXAMPLE.replace("production: spectator", "production: spectater"))).toEqual([
      'roster.yaml:12:51: unknown tier "spectater"; did you mean "spectator"?',
    ]);
    expect(messages(EXAMPLE.replace('"222222222222"', "022222222222"))).toEqual([
      'roster.yaml:8:21: id must be text, and "022222222222" without quotes is a number; put it in quotes',
    ]);
  });

  test("come all at once and sorted", () => {
    const wrong = EXAMPLE.replace("[seniors]", "[juniors]").replace("production: spectator", "nowhere: spectator");
    expect(parseText(wrong).findings.length).toBeGreaterThan(2);
    expect(parseText(wrong).findings).toEqual(sortFindings(parseText(wrong).findings));
  });

  test("escape hostile text", () => {
    const text = EXAMPLE.replace("[developers]", '["\\e[2J\\u202Eevil"]');
    expect(messages(text).join("\n")).toContain('"\\u{1b}[2J\\u{202e}evil"');
    expect(messages(text).join("\n")).not.toContain("\u001b");
  });
});

describe("several files", () => {
  const files = (...texts: string[]) =>
    texts.map((text, index) => ({ path: `roster/${index}.yaml`, bytes: Buffer.from(text) }));
  const [head = "", people = ""] = EXAMPLE.split(/(?=^people:)/m);

  test("are one roster", () => {
    const whole = parseText(EXAMPLE);
    const merged = parseRoster(files(head, people), NOW);
    expect(merged.ok && merged.value.people.map(({ key }) => key)).toEqual(
      whole.ok && whole.value.people.map(({ key }) => key),
    );
  });

  test("the same key twice names both places", () => {
    const again = parseRoster(files(head, people, "people:\n  dev.one@example.org: {}\n"), NOW);
    expect(again.findings.map(formatFinding)).toEqual([
      'roster/2.yaml:2:3: "dev.one@example.org" is written twice, first at roster/1.yaml:2:3; keep one',
    ]);
  });
});

describe("hostile input", () => {
  test("any bytes and any text give findings, never an exception", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void parseText(bytes)),
      { numRuns: 500 },
    );
    const pieces = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom("people:\n", "  a: {", "&a ", "*a", "[", "}", '"', "\n", "<<: ", "!!x ", "? ", "- ", ": "),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(pieces, (parts) => void parseText(parts.join(""))),
      { numRuns: 1000 },
    );
  });

  test("a wrong encoding is named", () => {
    for (const bytes of [
      Buffer.from("organization: ex\u00e4mple", "latin1"),
      Buffer.from("organization: x", "utf16le"),
      Buffer.from("a\0b"),
    ]) {
      expect(briefly(parseText(bytes))).toEqual(["1:1 error not-utf-8"]);
    }
  });

  test("a bomb of aliases is refused at once", () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) =>
        `a${i}: &a${i} [${
          i === 0
            ? '"x"'
            : Array(9)
                .fill(`*a${i - 1}`)
                .join(", ")
        }]`,
    );
    const started = performance.now();
    expect(parseText(levels.join("\n")).ok).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("deep nesting is refused", () => {
    expect(parseText(`a: ${"[".repeat(5000)}${"]".repeat(5000)}`).ok).toBe(false);
  });
});

describe("the published schema", () => {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  const validate = ajv.compile(JSON.parse(readFileSync(join(__dirname, "../../roster.schema.json"), "utf8")));

  /** The published one, whose patterns are for editors also where a rule of ours says more. */
  const SHAPE = JSON.parse(JSON.stringify(ROSTER_SCHEMA, (key, value) => (key === "x-rule" ? undefined : value)));

  /** What the shape check alone says, without the rules. */
  function shapeHolds(value: unknown): boolean {
    const { file, findings } = parseSource({
      path: "x",
      bytes: Buffer.from(stringify(value, { aliasDuplicateObjects: false })),
    });
    return file !== undefined && findings.length === 0 && checkShape(file, SHAPE).findings.length === 0;
  }

  /** Usually one of the good values, so that whole rosters are often right. */
  const mostly = (good: readonly unknown[], ...bad: readonly unknown[]) =>
    fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
  const id = mostly(["222222222222"], "22", 2, null, ["2"]);
  const deployRole = mostly(["Deploy"], "");
  const tags = fc.dictionary(fc.constantFrom("a", "b"), mostly(["v"], 1));
  const account = fc.record(
    { id, deployRole, tags, environment: mostly(["testing"], "a b") },
    { requiredKeys: ["id"] },
  );
  const userAccount = fc.record(
    { id, alias: mostly(["example-users"], "a--b", "123456789012") },
    { requiredKeys: ["id"] },
  );
  const grant = fc.record(
    { account: mostly(["testing", "@x"], ""), tier: mostly(["operator"], 5), until: fc.constant("2027-01-15") },
    { requiredKeys: ["account", "tier"] },
  );
  const person = fc.record(
    { teams: mostly([["a"], []], "a", [1]), grants: fc.array(grant, { maxLength: 2 }), tags },
    { requiredKeys: [] },
  );
  const tier = fc.record(
    { session: mostly(["1h", "90m"], "1d", 60), policies: mostly([["arn:aws:iam::aws:policy/X"]], ["X"]) },
    { requiredKeys: [] },
  );
  const backends = mostly(
    [{ local: {} }, { s3: { bucket: "abc" } }],
    {},
    { local: {}, s3: { bucket: "abc" } },
    { s3: {} },
    { ftp: {} },
  );
  const roster = fc.record(
    {
      organization: mostly(["example"], "9lives", ""),
      region: mostly(["eu-central-1"], "europe"),
      userAccount,
      accounts: fc.dictionary(fc.constantFrom("testing", "production"), account),
      tiers: fc.dictionary(fc.constantFrom("operator", "own"), tier),
      teams: fc.dictionary(
        fc.constantFrom("a", "b"),
        fc.dictionary(fc.constantFrom("testing", "@x"), mostly(["operator"], "")),
      ),
      people: fc.dictionary(fc.constantFrom("ann", "bob"), person),
      backend: backends,
    },
    { requiredKeys: ["organization", "region", "userAccount", "accounts", "people"] },
  );

  test("accepts and refuses exactly what the check does", () => {
    let accepted = 0;
    fc.assert(
      fc.property(roster, (value) => {
        const holds = shapeHolds(value);
        accepted += holds ? 1 : 0;
        expect([validate(value), value]).toEqual([holds, value]);
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(accepted).toBeGreaterThan(300);
    expect(accepted).toBeLessThan(2700);
  });

  test("accepts the example", () => {
    expect(parseText(EXAMPLE).ok).toBe(true);
  });
});
