import fc from "fast-check";
import { formatFinding } from "../../../modules/finding";
import { type EditResult, editRoster } from "../../../modules/roster/edit/edit-roster";
import type { RosterEdit } from "../../../modules/roster/edit/change";
import { NOW } from "../../support/synth";
import { CASES } from "./cases";

const HEAD = `# the roster
organization: example
region: eu-central-1
userAccount: { id: "111111111111" } # people
accounts:
  testing:    { id: "222222222222" }
  staging:    { id: "444444444444" }
teams:
  seniors: { testing: administrator, staging: administrator }
  developers: { testing: spectator }
  empty: { testing: spectator }
people:
`;

function edit(people: string, change: RosterEdit): EditResult {
  return editRoster([{ path: "roster.yaml", bytes: Buffer.from(HEAD + people) }], change, NOW);
}

function textOf(edited: EditResult): string {
  if (edited.kind === "edited") return Buffer.from(edited.file.bytes).toString();
  if (edited.kind === "findings") throw new Error(edited.findings.map(formatFinding).join("\n"));
  throw new Error(edited.reason);
}

test.each(CASES)("$name", ({ people, change, becomes, nothing, refused, finding }) => {
  const edited = edit(people, change);
  if (becomes !== undefined) expect(textOf(edited)).toBe(HEAD + becomes);
  else if (finding !== undefined)
    expect(edited.kind === "findings" && edited.findings.map(({ code }) => code)).toContain(finding);
  else {
    expect(edited.kind).toBe(nothing === undefined ? "refused" : "nothing");
    expect("reason" in edited && edited.reason).toContain(nothing ?? refused);
  }
});

test("what stays of a grant that changes is said", () => {
  const people =
    "  ann: { teams: [seniors], grants: [{ account: testing, tier: spectator, until: 2027-01-15, reason: x }] }\n";
  const change = { kind: "grant", person: "ann", account: "testing", tier: "operator" } as const;
  expect(edit(people, change)).toMatchObject({
    notes: [
      "the end stays 2027-01-15; --until gives another, and --no-until none",
      'the reason stays "x"; --reason gives another',
    ],
  });
  expect(edit(people, { ...change, until: false, reason: "y" })).toMatchObject({ notes: [] });
});

test("line breaks and a byte order mark stay as they are", () => {
  const before = `\ufeff${HEAD}  ann: { teams: [seniors] }\n`.replaceAll("\n", "\r\n");
  const change = { kind: "add-person", person: "bob", teams: ["developers"] } as const;
  const edited = editRoster([{ path: "roster.yaml", bytes: Buffer.from(before) }], change, NOW);
  expect(textOf(edited)).toBe(`${before}  bob: { teams: [developers] }\r\n`);
});

test("accounts and teams go where their kind stands; a section that is not there is made", () => {
  const people =
    "  ann: { grants: [{ account: testing, tier: administrator }, { account: staging, tier: administrator }] }\n";
  const account = edit(people, { kind: "add-account", account: "zoo", settings: { id: "044444444444" } });
  // A new account without an administrator does not hold, and says so.
  expect(account.kind === "findings" && account.findings.map(({ code }) => code)).toContain("no-administrator");
  const team = edit(people, { kind: "add-team", team: "new", grants: { testing: "spectator" } });
  expect(textOf(team)).toContain("  empty: { testing: spectator }\n  new: { testing: spectator }\npeople:");
  const bare = HEAD.replace(/teams:[\s\S]*people/, "people") + people;
  const made = editRoster(
    [{ path: "roster.yaml", bytes: Buffer.from(bare) }],
    { kind: "add-team", team: "new", grants: { testing: "spectator" } },
    NOW,
  );
  expect(textOf(made)).toBe(`${bare}teams: { new: { testing: spectator } }\n`);
});

test("in a folder the file that has the person changes, no other", () => {
  const files = [
    { path: "roster/a.yaml", bytes: Buffer.from(`${HEAD}  ann: { teams: [seniors] }\n`) },
    { path: "roster/b.yaml", bytes: Buffer.from("people:\n  bob: { teams: [developers] }\n") },
  ];
  const edited = editRoster(files, { kind: "leave", person: "bob", team: "developers" }, NOW);
  expect(edited.kind === "edited" && edited.file.path).toBe("roster/b.yaml");
  expect(textOf(edited)).toBe("people:\n  bob: {}\n");
});

/* The law: an edit changes only its lines. People in many hands' styles, comments everywhere. */
const NAMES = ["ann", "bob", "kim.lee", "zoe@example.org", "qq"];
const STYLES = [
  (name: string) => `  ${name}: { teams: [seniors] } # in brackets`,
  (name: string) => `  ${name}:   {teams: [ developers,seniors ], grants: [{account: testing, tier: operator}]}`,
  (name: string) =>
    `  ${name}:\n    # below\n    teams: [developers]\n    grants: # own\n      - { account: testing, tier: operator } # x\n      - account: staging\n        tier: spectator`,
  (name: string) =>
    `  "${name}":\n      grants:\n      -   tier: operator\n          account: testing\n      teams:\n      - seniors`,
  (name: string) => `  ${name}: {\n    teams: [\n      developers, # y\n      seniors,\n    ], # z\n  }`,
  (name: string) => `\n  # nothing yet\n  '${name}': {}`,
];

const person = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...STYLES))
  .map(([name, style]) => ({ name, lines: style(name) }));
const people = fc.uniqueArray(person, { selector: ({ name }) => name, minLength: 1, maxLength: 5 });
const change: fc.Arbitrary<RosterEdit> = fc.oneof(
  fc.record({
    kind: fc.constant("grant" as const),
    person: fc.constantFrom(...NAMES),
    account: fc.constantFrom("testing", "staging"),
    tier: fc.constantFrom("operator", "spectator"),
    until: fc.option(fc.constant("2027-01-15"), { nil: undefined }),
    reason: fc.option(fc.string(), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant("revoke" as const),
    person: fc.constantFrom(...NAMES),
    account: fc.constant("testing"),
    tier: fc.constantFrom("operator", "spectator", undefined),
  }),
  fc.record({
    kind: fc.constantFrom("join" as const, "leave" as const),
    person: fc.constantFrom(...NAMES),
    team: fc.constantFrom("seniors", "developers", "empty"),
  }),
  fc.record({
    kind: fc.constant("add-person" as const),
    person: fc.constantFrom(...NAMES, "new", "aaa"),
    teams: fc.constantFrom<readonly string[]>([], ["seniors"], ["empty", "developers"]),
  }),
  fc.record({ kind: fc.constant("remove-person" as const), person: fc.constantFrom(...NAMES) }),
);

test("an edit changes only the lines of its person, keeps every other byte, and every comment of others", () => {
  let edits = 0;
  fc.assert(
    fc.property(people, change, fc.constantFrom("\n", "\r\n"), fc.boolean(), (some, what, ending, closed) => {
      const before = `  boss: { teams: [seniors] }\n${some.map(({ lines }) => lines).join("\n")}${closed ? "\n" : ""}`;
      const text = (HEAD + before).replaceAll("\n", ending);
      const edited = editRoster([{ path: "roster.yaml", bytes: Buffer.from(text) }], what, NOW);
      if (edited.kind !== "edited") return;
      edits++;
      const after = textOf(edited);
      const others = some.filter(({ name }) => !("person" in what) || name !== what.person);
      for (const { lines } of [...others, { lines: HEAD.trimEnd() }]) {
        expect(after).toContain(lines.replaceAll("\n", ending));
      }
      const [old, now] = [text.split(ending), after.split(ending)];
      const mine = some.find(({ name }) => "person" in what && name === what.person)?.lines.split("\n") ?? [];
      const gone = old.filter((line) => !now.includes(line));
      expect(gone.filter((line) => !mine.includes(line))).toEqual([]);
    }),
    { numRuns: 600 },
  );
  expect(edits).toBeGreaterThan(200);
});
