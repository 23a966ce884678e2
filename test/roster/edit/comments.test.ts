import fc from "fast-check";
import { type EditResult, editRoster } from "../../../modules/roster/edit/edit-roster";
import type { RosterEdit } from "../../../modules/roster/edit/change";
import { NOW } from "../../support/synth";

/* Whose a comment is does not change with an edit of somebody else. */

const HEAD = `organization: example
region: eu-central-1
userAccount: { id: "111111111111" }
accounts:
  testing: { id: "222222222222" }
teams:
  seniors: { testing: administrator }
people:
`;

function edit(people: string, change: RosterEdit): EditResult {
  return editRoster([{ path: "roster.yaml", bytes: Buffer.from(HEAD + people) }], change, NOW);
}

function peopleAfter(people: string, change: RosterEdit): string {
  const edited = edit(people, change);
  if (edited.kind !== "edited") throw new Error(JSON.stringify(edited));
  return Buffer.from(edited.file.bytes).toString().slice(HEAD.length);
}

const add = (person: string): RosterEdit => ({ kind: "add-person", person, teams: ["seniors"] });
const BODY = "{ teams: [seniors] }";

test.each([
  [
    "above the comments of the first",
    `  # Anna leaves in May\n  # or in June\n  anna: ${BODY}\n  bob: ${BODY}\n`,
    "aaron",
    `  aaron: ${BODY}\n  # Anna leaves in May\n  # or in June\n  anna: ${BODY}\n  bob: ${BODY}\n`,
  ],
  [
    "below a heading that stands alone",
    `  # everybody, sorted\n\n  # Anna\n  anna: ${BODY}\n  bob: ${BODY}\n`,
    "aaron",
    `  # everybody, sorted\n\n  aaron: ${BODY}\n  # Anna\n  anna: ${BODY}\n  bob: ${BODY}\n`,
  ],
  [
    "below a comment inside the last",
    `  anna:\n    teams: [seniors]\n\n    # on leave\n`,
    "zoe",
    `  anna:\n    teams: [seniors]\n\n    # on leave\n  zoe: ${BODY}\n`,
  ],
  [
    "the same, without a line break at the end",
    `  anna:\n    teams: [seniors]\n    # on leave`,
    "zoe",
    `  anna:\n    teams: [seniors]\n    # on leave\n  zoe: ${BODY}`,
  ],
  [
    "between a comment inside the one and a comment above the other",
    `  anna:\n    teams: [seniors]\n    # on leave\n  # the boss\n  zoe: ${BODY}\n`,
    "bob",
    `  anna:\n    teams: [seniors]\n    # on leave\n  bob: ${BODY}\n  # the boss\n  zoe: ${BODY}\n`,
  ],
])("somebody new stands %s", (_where, people, person, becomes) => {
  expect(peopleAfter(people, add(person))).toBe(becomes);
});

test("who leaves takes the comments inside along; one above stays, and is told of", () => {
  const people = `  anna: ${BODY}\n  # guests,\n  # for now\n  bob:\n    teams: [seniors]\n    # on leave until May\n\n  zoe: ${BODY}\n`;
  const change = { kind: "remove-person", person: "bob" } as const;
  expect(peopleAfter(people, change)).toBe(`  anna: ${BODY}\n  # guests,\n  # for now\n\n  zoe: ${BODY}\n`);
  expect(edit(people, change)).toMatchObject({
    notes: [
      'roster.yaml:10: the comment "# guests," stood above what is gone, and stays; see whether it is still true',
      expect.stringContaining('roster.yaml:11: the comment "# for now"'),
    ],
  });
  const last = `  anna: ${BODY}\n  bob:\n    teams: [seniors]\n    # on leave`;
  expect(peopleAfter(last, change)).toBe(`  anna: ${BODY}`);
  expect(edit(last, change)).toMatchObject({ notes: [] });
});

test.each(["constructor", "__proto__", "<<", ""])("the name %j is refused by what check says of it", (person) => {
  const edited = edit(`  anna: ${BODY}\n`, add(person));
  expect(edited.kind === "findings" && edited.findings.map(({ code }) => code)).toEqual([
    expect.stringMatching(/^(reserved-word|yaml-merge|bad-key)$/),
  ]);
});

/** Each comment with the name it belongs to: inside when deeper, else the next entry. */
function owners(people: string): Record<string, string> {
  const names = [...people.matchAll(/^ {2}([a-z]+):/gm)].map(({ index, 1: name = "" }) => ({ index, name }));
  const owned = [...people.matchAll(/^( *)# (\w+)$/gm)].map(({ index, 1: indent = "", 2: text = "" }) => {
    const owner =
      indent.length > 2 ? names.filter((each) => each.index < index).at(-1) : names.find((each) => each.index > index);
    return [text, owner?.name ?? "nobody"] as const;
  });
  return Object.fromEntries(owned);
}

const NAMES = ["bob", "dan", "kim", "zoe"];
const STYLES = [
  (name: string) => `  ${name}: ${BODY}\n`,
  (name: string) => `  # above${name}\n  ${name}: ${BODY}\n`,
  (name: string) => `  ${name}:\n    teams: [seniors]\n    # inside${name}\n`,
  (name: string) =>
    `\n  # far${name}\n  # above${name}\n  ${name}:\n    teams:\n      - seniors\n\n      # inside${name}\n`,
];

test("every comment keeps the person it belongs to, whoever comes or goes", () => {
  const order = fc.shuffledSubarray(NAMES, { minLength: 2 });
  const styles = fc.array(fc.constantFrom(...STYLES), { minLength: 4, maxLength: 4 });
  const change = fc.oneof(
    fc.constantFrom("aaa", "cas", "jon", "zzz").map(add),
    fc.record({ kind: fc.constant("remove-person" as const), person: fc.constantFrom(...NAMES) }),
  );
  let edits = 0;
  fc.assert(
    fc.property(order, styles, change, (names, some, what) => {
      const people = names.map((name, index) => some[index]?.(name) ?? "").join("");
      const edited = edit(people, what);
      if (edited.kind !== "edited") return;
      edits++;
      const gone = what.kind === "remove-person" ? what.person : "";
      const kept = (all: Record<string, string>) => Object.entries(all).filter(([text]) => !text.endsWith(gone || "-"));
      const after = owners(Buffer.from(edited.file.bytes).toString().slice(HEAD.length));
      expect(kept(after)).toEqual(kept(owners(people)));
      expect(after[`inside${gone}`]).toBeUndefined();
    }),
    { numRuns: 300 },
  );
  expect(edits).toBeGreaterThan(150);
});
