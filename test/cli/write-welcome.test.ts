import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWelcome } from "../../modules/cli/people/write-welcome";
import { SMALL } from "../lifecycle/rosters";
import { heard } from "../support/in-process";
import { parseText } from "../support/roster-text";

const root = mkdtempSync(join(tmpdir(), "rolecall-welcome-"));

afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a welcome page is its writer's alone, replaces another, and never what is none or lies behind a link", () => {
  const parsed = parseText(SMALL);
  if (!parsed.ok) throw new Error("the roster does not hold");
  const name = "senior.one@example.org";
  writeFileSync(join(root, "roster.yaml"), SMALL);
  const write = () => writeWelcome(heard(root).context, parsed.value, name, { welcomeOut: "pages" });
  const pages = write();
  expect(pages.map((page) => statSync(page).mode & 0o777)).toEqual([0o600, 0o600]);
  expect(write()).toEqual(pages);
  const [page = ""] = pages;
  writeFileSync(page, "my own");
  expect(write).toThrow("exists and is not a welcome page of Rolecall");
  expect(readFileSync(page, "utf8")).toBe("my own");
  rmSync(page);
  symlinkSync(join(root, "roster.yaml"), page);
  expect(write).toThrow("is not a regular file");
  expect(readFileSync(join(root, "roster.yaml"), "utf8")).toBe(SMALL);
});
