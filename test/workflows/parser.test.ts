import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HOME } from "../support/run-command";
import { githubParser } from "./github-parser";
import cases from "./parser-cases.json";

const FOLDER = join(HOME, ".github/workflows");
const FILES = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), "utf8")] as const);

let troubles: ReturnType<typeof githubParser>;
beforeAll(() => {
  troubles = githubParser();
});

test.each(FILES)("GitHub's own parser finds nothing wrong with %s", async (name, text) => {
  expect(await troubles(name, text)).toEqual([]);
});

test.each(cases)("GitHub's own parser finds $fault", async ({ file, from, to, says }) => {
  const text = readFileSync(join(FOLDER, file), "utf8");
  const broken = text.replace(from, () => to);
  expect(broken).not.toBe(text);
  expect((await troubles(file, broken)).join("\n")).toContain(says);
  expect(await troubles(file, broken)).not.toEqual([]);
});
