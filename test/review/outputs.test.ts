import fc from "fast-check";
import { annotationLines } from "../../modules/review/annotations";
import type { About, AccessChange } from "../../modules/review/access-change";
import { groupAlike } from "../../modules/review/group";
import { markdownReview, REVIEW_MARKER } from "../../modules/review/markdown";
import { renderReview } from "../../modules/review/render";
import { reviewOf } from "../../modules/review/review";
import { MAX_SARIF_RESULTS, sarifReview } from "../../modules/review/sarif";
import { quote } from "../../modules/text";

const place = { file: "roster.yaml", line: 3, column: 5 };
const gain = (person: string, more: Partial<About> = {}): AccessChange => ({
  direction: "widening",
  account: "testing",
  person,
  tier: "operator",
  through: ["team developers"],
  kind: "role-gained",
  role: { arn: "arn:aws:iam::222222222222:role/rolecall/operator", tier: "operator" },
  after: {},
  place,
  ...more,
});
const crowd = (count: number, more: Partial<About> = {}) =>
  Array.from({ length: count }, (_, n) => gain(`p${String(n).padStart(4, "0")}`, more));
/** A change whose sentence is this text. */
const saying = (reason: string) => ({ kind: "not-judged", reason }) as const;
const distinct = (count: number) => crowd(count).map((each, n) => ({ ...each, through: [`team t${n}`] }));

/** What no Markdown, HTML, mention, reference or terminal may make anything of. */
const HOSTILE = [
  "@jan",
  "#12",
  "a`b``c",
  "x | y",
  "<img src=x onerror=alert(1)>",
  "<!-- x -->",
  "[a](http://b)",
  "![a](b)",
  "https://example.org",
  "www.example.org",
  "jan@example.org",
  "**bold**",
  "~~x~~",
  "\u001b[31mred",
  "a\u202eb",
  "a\u200bb",
  "line\nbreak\r\n# title",
  ":tada:",
  "a1b2c3d4e5f6",
  "&#64;jan",
  "\\`",
  "`",
  "\ud800",
  "\u00a0",
  "::error::x",
  "##[error]x",
  "100%",
];

test("a move of 1,000 people is one line of text, one row and one annotation", () => {
  const review = reviewOf(crowd(1000));
  expect(renderReview(review)).toContain('1000 people gain operator in testing through team developers: "p0000", ');
  expect(renderReview(review)).toContain(" and 992 more\n");
  expect(renderReview(review).split("\n").length).toBeLessThan(8);
  expect(markdownReview(review)).toContain("| + | `testing` | 1000 people: `p0000`, ");
  expect(annotationLines(review)).toHaveLength(1);
});

test("law: every change is in one group, people as they are", () => {
  const change = fc.record({
    person: fc.constantFrom("a", "b", 'c"d'),
    account: fc.constantFrom("x", "y"),
    direction: fc.constantFrom("widening", "narrowing", "unknown"),
    alike: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change), (given) => {
      const changes = given.map(({ alike, ...each }) =>
        alike ? gain(each.person, each as About) : ({ ...each, ...saying("something else") } as AccessChange),
      );
      const rows = groupAlike(changes);
      const count = rows.reduce((sum, { people }) => sum + Math.max(1, people.length), 0);
      expect(count).toBe(changes.length);
    }),
    { seed: 1 },
  );
});

test.each(HOSTILE)("inert in Markdown: %j", (text) => {
  const changes = [gain(text, { through: [`team ${text}`], account: text, place: { ...place, file: text } })];
  const finding = { code: "x", severity: "error", place, message: `wrong ${quote(text)} and ${text}` } as const;
  const approvals = [{ by: [text], count: 1, changes: 1 }];
  const markdown = markdownReview(
    reviewOf(changes, { findings: [finding], approvals, headlines: [`see ${quote(text)}`] }),
  );
  const [marker, ...lines] = markdown.split("\n");
  expect(marker).toBe(REVIEW_MARKER);
  const outside = lines.map((line) => line.replace(/`[^`]+`/g, "")).join("\n");
  expect(outside).not.toMatch(/[@<>[\]!\\&_`]|https?|www\.|a1b2c3|\*\*bold|:tada|#\d|~~/);
  expect(markdown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}](?<!\n)/u);
  for (const row of lines.filter((line) => line.startsWith("| +"))) expect(row.split("|")).toHaveLength(7);
});

test("quiet is one line after the marker", () => {
  expect(markdownReview(reviewOf([]))).toBe(`${REVIEW_MARKER}\nAccess does not change.\n`);
});

test.each([1_000, 2_000, 32_000, 60_000])("never longer than %d, and says how many rows are cut", (maxChars) => {
  const long = { code: "x", severity: "error", place, message: "m".repeat(900) } as const;
  const review = reviewOf(
    [
      ...distinct(5_000),
      ...crowd(50, { direction: "narrowing" }).map((each): AccessChange => ({ ...each, ...saying("less") })),
    ],
    {
      findings: Array.from({ length: 500 }, () => long),
      standing: Array.from({ length: 500 }, () => long),
      headlines: ["h".repeat(5_000)],
    },
  );
  const markdown = markdownReview(review, maxChars);
  expect(markdown.length).toBeLessThanOrEqual(maxChars);
  const shown = markdown.split("\n").filter((line) => /^\| [?+~-] \| `/.test(line)).length;
  expect(markdown).toContain(`${5_050 - shown} least risky rows are not shown`);
});

test("over budget the riskiest rows stay", () => {
  const spectators = distinct(3_000).map((each) => ({ ...each, tier: "spectator" }));
  const admin = gain("zoe", { tier: "administrator", account: "zulu" });
  const unknown: AccessChange = { direction: "unknown", ...saying("nobody knows") };
  const markdown = markdownReview(reviewOf([...spectators, admin, unknown]), 3_000);
  expect(markdown).toContain("nobody knows");
  expect(markdown).toContain("`zoe`");
});

test("annotations: escaped, and ten of a kind of which the last counts the rest", () => {
  const review = reviewOf([
    {
      ...gain("a", { place: { file: "a,b:c%\n.yaml", line: 1, column: 2 } }),
      ...saying("50%\r\n::error::x"),
    },
  ]);
  expect(annotationLines(review, "infra/")).toEqual([
    "::warning file=infra/a%2Cb%3Ac%25%0A.yaml,line=1,col=2,title=Access review::50%25%0D%0A::error::x",
  ]);
  const many = annotationLines(reviewOf([...distinct(30), { direction: "unknown", ...saying("what") }]));
  expect(many.filter((line) => line.startsWith("::warning"))).toHaveLength(10);
  expect(many).toContain("::warning title=Access review::21 more; the full review lists them");
  expect(many[0]).toBe("::error title=Access review::what");
});

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number; readonly startColumn: number };
        };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

test("SARIF: rules by index, levels by direction, stable fingerprints whatever the line, 5,000 results", () => {
  const make = (line: number) =>
    sarifReview(
      reviewOf([
        { direction: "unknown", ...saying("what [x](y) {0}") },
        gain("a", { place: { ...place, line, file: "a b/#?.yaml" } }),
      ]),
      { version: "1.0.0", prefix: "infra/" },
    ) as Sarif;
  const [one, other] = [make(3).runs[0], make(9).runs[0]];
  expect(one?.results.map(({ level }) => level)).toEqual(["error", "warning"]);
  for (const { ruleId, ruleIndex } of one?.results ?? []) expect(one?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  expect(one?.results.map(({ partialFingerprints }) => partialFingerprints)).toEqual(
    other?.results.map(({ partialFingerprints }) => partialFingerprints),
  );
  expect(one?.results[0]?.message.text).toBe("what \\[x\\](y) {{0}}");
  expect(one?.results[1]?.locations[0]?.physicalLocation).toMatchObject({
    artifactLocation: { uri: "infra/a%20b/%23%3F.yaml" },
    region: { startLine: 3, startColumn: 5 },
  });
  const many = sarifReview(reviewOf(distinct(6_000)), { version: "1.0.0" }) as Sarif;
  expect(many.runs[0]?.results).toHaveLength(MAX_SARIF_RESULTS);
  expect(
    new Set(many.runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints["rolecallReview/v2"])).size,
  ).toBe(5_000);
});
