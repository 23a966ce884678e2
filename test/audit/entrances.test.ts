import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type EntranceCase, brieflySaid, inputOf } from "./entrance-case";
import { checkEntrances } from "../../modules/proof/checks/check-entrances";

/** Documents of one account, and what is said of them: each file is one kind of entrance. */
const FOLDER = join(__dirname, "cases");
const CASES = readdirSync(FOLDER).flatMap((file) =>
  (JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as readonly EntranceCase[]).map(
    (each) => [`${file.replace(".json", "")}: ${each.name}`, each] as const,
  ),
);

test.each(CASES)("%s", (_name, each) => {
  const { found, counted, named } = brieflySaid(each);
  expect({ found, counted }).toEqual({ found: each.found, counted: each.counted ?? {} });
  each.says?.forEach((text, index) => {
    expect(`${named[index]?.message}; ${named[index]?.cure}`).toContain(text);
  });
});

test("each case has its name, and every code is shown", () => {
  expect(new Set(CASES.map(([name]) => name)).size).toBe(CASES.length);
  expect(CASES.length).toBeGreaterThan(60);
});

test.each(CASES)("the proof of live documents says the same: %s", (_name, each) => {
  const { claims, documents, catalogue, managed, now } = inputOf(each);
  const { breaches } = checkEntrances(claims, documents, catalogue, managed, now);
  const wrong = each.found.filter((line) => !line.startsWith("note "));
  expect(breaches.map(({ claim }) => claim)).toEqual(wrong.map((line) => line.split(" ")[1]));
});
