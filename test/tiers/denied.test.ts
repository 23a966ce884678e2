import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DENIED_FAMILIES } from "../../modules/tiers/denied-families";
import { isRead, matching } from "./catalogue";

const GOLDEN = join(__dirname, "../golden/denied-actions.json");
const FAMILIES = Object.entries(DENIED_FAMILIES);

/** What each pattern stands for today. */
function expansions(): Record<string, readonly string[]> {
  const patterns = FAMILIES.flatMap(([, { actions }]) => actions).filter((action) => action.includes("*"));
  return Object.fromEntries(patterns.map((pattern) => [pattern, matching(pattern).map(({ name }) => name)]));
}

test.each(FAMILIES)("%s is dated, has a source, and names every action once, sorted", (_name, family) => {
  expect(family.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(family.source).not.toBe("");
  for (const list of [family.actions, family.services, family.readable])
    expect([...new Set(list)].sort()).toEqual(list);
});

test.each(FAMILIES)("%s: every action and pattern is in AWS's catalogue", (_name, family) => {
  const services = family.services.map((service) => `${service}:*`);
  const patterns = [...family.actions, ...family.readable, ...services];
  expect(patterns.filter((pattern) => matching(pattern).length === 0)).toEqual([]);
});

test.each(FAMILIES)("%s: no denial hits a reading action, and what stays readable only reads", (_name, family) => {
  const hit = family.actions.flatMap((pattern) => matching(pattern)).filter(isRead);
  expect(hit.map(({ name }) => name)).toEqual([]);
  const open = family.readable.flatMap((pattern) => matching(pattern)).filter((action) => !isRead(action));
  expect(open.map(({ name }) => name)).toEqual([]);
});

test("a pattern stands for exactly the actions a reviewer has seen", () => {
  if (process.env["UPDATE_GOLDEN"] === "1" && process.env["CI"] !== "true")
    writeFileSync(GOLDEN, `${JSON.stringify(expansions(), null, 2)}\n`);
  expect(expansions()).toEqual(JSON.parse(readFileSync(GOLDEN, "utf8")));
});

test("a name AWS does not know matches nothing: the proof of these tests", () => {
  expect(
    ["ec2:PurchaseEverything", "nosuchservice:*", "ec2:Purchase*"].map((name) => matching(name).length > 0),
  ).toEqual([false, false, true]);
});
