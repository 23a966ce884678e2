import { acceptedActions, otherActions, quietServices, unjudgedIdentityUse } from "../../modules/tiers/identity-use";
import judged from "../../modules/tiers/identity-use.json";
import { CATALOGUE, matching } from "./catalogue";
import cases from "./cases/identity-use.json";

const JUDGED = [...acceptedActions(), ...otherActions()];
const KNOWN = new Set(CATALOGUE.map(({ name }) => name));
const SERVICES = new Set(CATALOGUE.map(({ name }) => name.slice(0, name.indexOf(":"))));

test("every action that may use an identity or hand one out is denied or judged (npm run unclassified)", () => {
  expect(unjudgedIdentityUse(CATALOGUE)).toEqual([]);
});

test("the judgements are dated, have sources and reasons, and name known actions and services once", () => {
  expect([judged.date, judged.source, judged.quiet.reason]).toEqual([
    expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    expect.stringMatching(/./),
    expect.stringMatching(/./),
  ]);
  expect(judged.other.filter(({ reason }) => reason === "")).toEqual([]);
  const other = otherActions();
  expect(other.filter((action) => !KNOWN.has(action))).toEqual([]);
  expect(other.filter((action, index) => other.indexOf(action) !== index)).toEqual([]);
  expect([...quietServices()].filter((service) => !SERVICES.has(service))).toEqual([]);
});

test("nothing is judged both ways, or without need", () => {
  const accepted = new Set(acceptedActions());
  expect(otherActions().filter((action) => accepted.has(action))).toEqual([]);
  const asked = new Set(unjudgedIdentityUse(CATALOGUE, []));
  expect(otherActions().filter((action) => !asked.has(action))).toEqual([]);
});

test.each(cases.uses.map((each) => [each.action, each] as const))(
  "%s uses or hands out an identity",
  (action, each) => {
    expect(each.source).not.toBe("");
    expect(matching(action)).toHaveLength(1);
    expect(acceptedActions()).toContain(action);
  },
);

test.each(cases.added.map((each) => [each.name, each] as const))(
  "a new action is noticed or not: %s",
  (name, { level, noticed }) => {
    const added = [...CATALOGUE, { name, level: level as "W" }];
    expect(unjudgedIdentityUse(added)).toEqual(noticed ? [name] : []);
  },
);

test("whatever is taken out of the judgements is missed", () => {
  const asked = unjudgedIdentityUse(CATALOGUE, []);
  const every = 50;
  const taken = asked.filter((_, index) => index % every === 0);
  expect(taken.length).toBeGreaterThan(50);
  const gone = new Set(taken);
  expect(
    unjudgedIdentityUse(
      CATALOGUE,
      JUDGED.filter((action) => !gone.has(action)),
    ),
  ).toEqual(taken);
});
