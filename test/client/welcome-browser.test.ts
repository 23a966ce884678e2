import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { renderWelcomeHtml } from "../../modules/client/welcome/render-html";
import { welcome } from "../../modules/client/welcome/welcome";
import { launchChromium } from "../support/chromium";
import { sampleRoster } from "../support/sample-roster";
import { NOW } from "../support/synth";
import { axeViolations, closeQuiet, openWatched } from "../support/watched-page";

/* The welcome page as a newcomer uses it: the file, in a real browser. */

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "rolecall-welcome-"));
const address = pathToFileURL(join(folder, "welcome.html")).href;
let browser: Browser;

beforeAll(async () => {
  const page = welcome(sampleRoster(), "dev.two@example.org", NOW);
  if (page === undefined) throw new Error("nobody of that name");
  writeFileSync(join(folder, "welcome.html"), renderWelcomeHtml(page));
  browser = await launchChromium(process.env);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(["light", "dark"] as const)("axe finds nothing: %s", async (colorScheme) => {
  const watched = await openWatched(browser, address, { colorScheme });
  expect(await axeViolations(watched.page)).toEqual([]);
  await closeQuiet(watched);
});

test("every button copies the text beside it, by keyboard, and says so", async () => {
  const watched = await openWatched(browser, address, { permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = watched;
  const blocks = await page.locator(".copy").all();
  expect(blocks.length).toBeGreaterThan(6);
  for (const block of blocks) {
    const text = await block.locator("code").textContent();
    await block.locator("button").focus();
    await page.keyboard.press("Enter");
    await page.locator("#copied", { hasText: `: ${text}` }).waitFor({ state: "attached" });
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(text);
  }
  await closeQuiet(watched);
});

test("without script every word is there and no button; a phone scrolls one way only", async () => {
  const watched = await openWatched(browser, address, {
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
  });
  const { page } = watched;
  expect(await page.locator(".copy code:visible").count()).toBe(await page.locator(".copy").count());
  expect(await page.locator("button:visible").count()).toBe(0);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  await closeQuiet(watched);
});
