import { closeQuiet } from "../support/watched-page";
import { samplePerson, sampleRoster } from "../support/sample-roster";
import { Reports } from "./opened";

/* The report against a base, in a real browser. */

jest.setTimeout(60_000);

let reports: Reports;
beforeAll(async () => {
  reports = await Reports.start();
});
afterAll(() => reports?.stop());

test.each([true, false])("when nothing changes, that is said, and everybody is there; script: %s", async (script) => {
  reports.write("same", sampleRoster(), sampleRoster());
  const watched = await reports.open("same", "#changed=1", { javaScriptEnabled: script });
  const { page } = watched;
  expect(await page.locator(".comparison").textContent()).toBe("Nothing changes: everybody keeps the roles they have.");
  expect(await page.locator("#matrix tbody a:visible").count()).toBe(3);
  expect(await page.locator("#matrix thead [title]:visible").count()).toBe(2);
  expect(await page.locator("#nobody").isVisible()).toBe(false);
  expect(await page.locator("#changed").isEnabled()).toBe(false);
  await closeQuiet(watched);
});

test("who comes without any access is a change of its own", async () => {
  const base = sampleRoster();
  reports.write("comer", { ...base, people: [...base.people, samplePerson("zoe", [])] }, base);
  const watched = await reports.open("comer");
  const { page } = watched;
  expect(await page.locator(".comparison").textContent()).toBe("Nobody gains or loses a role.");
  expect(await page.locator("#matrix tbody a:visible").allTextContents()).toEqual(["zoe"]);
  await page.locator("#q").fill("dev.one");
  expect(await page.locator("#nobody").textContent()).toContain("show those without changes");
  await closeQuiet(watched);
});
