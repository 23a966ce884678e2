import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "../support/find-chromium";

const folder = mkdtempSync(join(tmpdir(), "rolecall-chromium-"));
const program = join(folder, "google-chrome");
writeFileSync(program, "");
chmodSync(program, 0o755);
writeFileSync(join(folder, "chromium"), "not executable");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the browser is the named one, else the first on PATH that can be run", () => {
  expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(program);
  expect(findChromium({ PATH: "/nowhere", CHROME_PATH: program })).toBe(program);
  expect(findChromium({ ROLECALL_CHROMIUM: program, CHROME_PATH: "/nowhere" })).toBe(program);
});

test("without one, what to do", () => {
  expect(() => findChromium({ PATH: "/nowhere" })).toThrow("apt-get install chromium");
  expect(() => findChromium({})).toThrow("ROLECALL_CHROMIUM");
  expect(() => findChromium({ ROLECALL_CHROMIUM: folder, PATH: folder })).toThrow("is not a program");
});
