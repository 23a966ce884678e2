import type { Page } from "playwright-core";
import { axeViolations, closeQuiet } from "../support/watched-page";
import { Reports, rosterOf } from "./opened";
import { ownTier } from "./rosters";

/* What is on the screen can be seen: nothing that stays in sight covers what is read. */

jest.setTimeout(60_000);

let reports: Reports;
beforeAll(async () => {
  reports = await Reports.start();
  reports.write("100", rosterOf(100, 13));
  const many = rosterOf(30, 13);
  const own = Array.from({ length: 9 }, (_, index) => ownTier(`own-${index}`));
  reports.write("tiers", { ...many, tiers: [...many.tiers, ...own] });
  reports.write("1000", rosterOf(1000, 41));
});
afterAll(() => reports?.stop());

/** Rows of the body whose middle is on top of everything, where their names are. */
function uncoveredRows(page: Page): Promise<number> {
  return page.evaluate(`[...document.querySelectorAll("#matrix tbody tr")].filter((row) => {
    const { top, bottom, height } = row.getBoundingClientRect();
    const { left } = row.cells[0].getBoundingClientRect();
    return height > 0 && [top + 3, bottom - 3].every((y) => document.elementFromPoint(left + 20, y)?.closest("tr") === row);
  }).length`);
}

test.each([
  ["a phone on its side", "100", 844, 390],
  ["a phone on its side", "1000", 844, 390],
  ["1366 x 768 at 200 %", "100", 683, 384],
  ["a small screen", "100", 1024, 600],
  ["a phone", "1000", 360, 740],
  ["a screen, with many tiers,", "tiers", 1280, 720],
])("%s shows rows of %s people, at the beginning and in the middle", async (_, name, width, height) => {
  const watched = await reports.open(name, "", { viewport: { width, height } });
  const { page } = watched;
  await page.evaluate(`document.getElementById("matrix").scrollIntoView({ block: "end" })`);
  for (const [place, least] of [
    [0, 3],
    [0.5, 5],
  ] as const) {
    await page.evaluate(
      `(() => { const box = document.getElementById("matrix"); box.scrollTop = box.scrollHeight * ${place}; })()`,
    );
    expect([place, (await uncoveredRows(page)) >= least]).toEqual([place, true]);
  }
  await closeQuiet(watched);
});

test.each([
  [1280, 720],
  [844, 390],
  [360, 740],
])("what has the focus is never behind head or foot: %s x %s", async (width, height) => {
  const watched = await reports.open("100", "", { viewport: { width, height } });
  const { page } = watched;
  const covered: string[] = [];
  const press = async (key: string, times: number) => {
    for (let time = 0; time < times; time++) {
      await page.keyboard.press(key);
      const seen = await page.evaluate(`(() => {
        const { activeElement } = document;
        const { left, top, width, height } = activeElement.getClientRects()[0];
        const found = document.elementFromPoint(left + width / 2, top + height / 2);
        return activeElement.contains(found) || found?.tagName;
      })()`);
      if (seen !== true) covered.push(`${key} ${time}: ${seen}`);
    }
  };
  await page.locator("#matrix tbody button").first().focus();
  await press("ArrowDown", 30);
  await press("ArrowUp", 16);
  await press("Tab", 4);
  await press("Shift+Tab", 10);
  expect(covered).toEqual([]);
  await closeQuiet(watched);
});

test.each(["light", "dark"] as const)(
  "rings and dots can be seen in the reader's own colours, %s",
  async (colorScheme) => {
    const watched = await reports.open("100", "", { colorScheme, forcedColors: "active" });
    // Channels of ring, filling and page, from 0 to 255.
    const looks = (await watched.page.evaluate(`[...document.querySelectorAll("b.own")].map((mark) => {
    const { borderTopColor, backgroundColor } = getComputedStyle(mark, "::after");
    const page = getComputedStyle(document.body).backgroundColor;
    return { ends: mark.matches(".ends"), channels: [borderTopColor, backgroundColor, page].map((colour) => Number(colour.match(/[0-9]+/)[0])) };
  })`)) as { ends: boolean; channels: [number, number, number] }[];
    expect(new Set(looks.map(({ ends }) => ends)).size).toBe(2);
    for (const {
      ends,
      channels: [ring, filling, page],
    } of looks) {
      expect(Math.abs(ring - page)).toBeGreaterThan(150);
      expect(Math.abs(filling - page) > 150).toBe(!ends);
    }
    await closeQuiet(watched);
  },
);

test("on a phone the first row is on the first screen; filters and legend are one press away, and there where one is set", async () => {
  const viewport = { width: 360, height: 740 };
  const large = await reports.open("1000", "", { viewport });
  expect((await large.page.locator("#matrix tbody tr").first().boundingBox())?.y).toBeLessThan(640);
  await closeQuiet(large);
  reports.write("10", rosterOf(10, 5));
  const watched = await reports.open("10", "", { viewport });
  const { page } = watched;
  expect(await page.locator("#team").isVisible()).toBe(false);
  await page.getByText("Filters", { exact: true }).click();
  await page.getByText("Legend").click();
  expect(await page.locator("#team").isVisible()).toBe(true);
  await page.setViewportSize({ width: 1280, height: 740 });
  await page.locator("#team").waitFor({ state: "visible" });
  expect(await page.locator(".legend").isVisible()).toBe(true);
  await page.setViewportSize(viewport);
  await page.locator("#team").waitFor({ state: "hidden" });
  expect(await page.locator(".legend").isVisible()).toBe(false);
  await closeQuiet(watched);
  const linked = await reports.open("10", "#tier=operator", { viewport });
  expect(await linked.page.locator("#tier").isVisible()).toBe(true);
  expect(await axeViolations(linked.page)).toEqual([]);
  await closeQuiet(linked);
});
