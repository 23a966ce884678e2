import { SPECTATOR_LISTS, seenSiblings, unjudgedSiblings } from "../../modules/tiers/spectator-siblings";
import siblings from "../../modules/tiers/spectator/siblings.json";
import cases from "./cases/spectator-siblings.json";
import { CATALOGUE, matching } from "./catalogue";

const KNOWN = new Set(CATALOGUE.map(({ name }) => name));
const DATA = SPECTATOR_LISTS.data.flatMap((pattern) => matching(pattern)).map(({ name }) => name);

test("every sibling of data, and every name that speaks of content, is data or judged (npm run unclassified)", () => {
  expect(unjudgedSiblings(CATALOGUE)).toEqual([]);
});

test("the judgements are dated, have a source and reasons, and name known actions once, none without need", () => {
  expect([siblings.date, siblings.source]).toEqual([
    expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    expect.stringMatching(/./),
  ]);
  expect(siblings.seen.filter(({ reason }) => reason === "")).toEqual([]);
  const seen = seenSiblings();
  expect(seen.filter((action, index) => !KNOWN.has(action) || seen.indexOf(action) !== index)).toEqual([]);
  const asked = unjudgedSiblings(CATALOGUE, { ...SPECTATOR_LISTS, seen: [] }).map(({ action }) => action);
  expect(seen.filter((action) => !asked.includes(action))).toEqual([]);
});

test.each(cases.data.map((each) => [each.action, each] as const))("%s is data", (action, { returns }) => {
  expect(returns).not.toBe("");
  expect(DATA).toContain(action);
});

test("whichever of them is taken out of the data is missed", () => {
  const missed = cases.data.filter(({ action }) => {
    const ofService = ({ name }: { readonly name: string }) => name.split(":")[0] === action.split(":")[0];
    const lists = {
      ...SPECTATOR_LISTS,
      metadata: [...SPECTATOR_LISTS.metadata, action],
      data: DATA.filter((other) => other !== action),
    };
    return !unjudgedSiblings(CATALOGUE.filter(ofService), lists).some((sibling) => sibling.action === action);
  });
  expect(missed.map(({ action }) => action)).toEqual([]);
});

test.each(cases.added.map((each) => [each.name, each] as const))(
  "a new action is noticed or not: %s",
  (name, { noticed }) => {
    const found = unjudgedSiblings([...CATALOGUE, { name, level: "R" }]);
    expect(found.map(({ action }) => action)).toEqual(noticed ? [name] : []);
  },
);
