import { readdirSync } from "node:fs";
import { join } from "node:path";
import { evaluate, prepare, verdictOf } from "../../modules/evaluator/evaluate";
import { type Case, policiesOf, readCases, requestOf } from "./case";

const FILES = readdirSync(join(__dirname, "cases")).filter((name) => name.endsWith(".json"));
const CASES = FILES.flatMap((file) =>
  readCases(file).map((each): readonly [string, Case] => [`${file}: ${each.name}`, each]),
);

test.each(CASES)("%s", (_name, each) => {
  const { verdict, deciding } = evaluate(requestOf(each), policiesOf(each));
  expect(verdict).toBe(each.expected);
  expect(deciding.map(({ why }) => why).join("\n")).toContain(each.why ?? "");
  expect(deciding.length).toBeGreaterThan(0);
});

test("the fast paths give the same verdicts", () => {
  for (const [, each] of CASES) {
    const policies = policiesOf(each);
    expect([verdictOf(requestOf(each), policies), prepare(policies)(requestOf(each))]).toEqual([
      each.expected,
      each.expected,
    ]);
  }
});

test("names are unique, and every verdict is expected somewhere", () => {
  expect(new Set(CASES.map(([name]) => name)).size).toBe(CASES.length);
  expect(CASES.length).toBeGreaterThanOrEqual(150);
  expect(new Set(CASES.map(([, { expected }]) => expected)).size).toBe(4);
});
