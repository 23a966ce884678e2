import { generateRoster } from "../../bench/generate-roster";
import { parseRoster } from "../../modules/roster/parse";
import { compiled, NOW } from "../support/synth";

const SIZES = [
  { people: 10, accounts: 3 },
  { people: 100, accounts: 12 },
  { people: 1000, accounts: 40 },
  { people: 100, accounts: 3, teams: 2, ownGrantEvery: 0 },
];

test.each(SIZES)("$people people x $accounts accounts hold without a finding and fit every quota", (size) => {
  const text = generateRoster(size);
  const roster = parseRoster([{ path: "roster.yaml", bytes: Buffer.from(text) }], NOW);
  expect(roster.findings).toEqual([]);
  if (!roster.ok) throw new Error("no roster");
  expect(roster.value.people).toHaveLength(size.people);
  expect(roster.value.accounts).toHaveLength(size.accounts - 1);
  const plan = compiled(roster.value);
  expect(plan.stacks).toHaveLength(size.accounts);
  expect(generateRoster(size)).toBe(text);
});
