import { closeQuiet } from "../support/watched-page";
import type { Roster } from "../../modules/roster/roster";
import { sampleAccount, sampleGrant, samplePerson, sampleRoster, sampleTeam } from "../support/sample-roster";
import { Reports, rosterOf } from "./opened";
import { ownTier } from "./rosters";

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

test("counts are of what the roster has; who and what is gone is named apart", async () => {
  const head = sampleRoster();
  const base = sampleRoster({
    teams: [...head.teams, sampleTeam("old", [sampleGrant("testing", "spectator")])],
    accounts: [...head.accounts, sampleAccount("zone", "444444444444")],
    people: [...head.people, samplePerson("gone", ["old"]), samplePerson("out", ["old"])],
  });
  reports.write("gone", head, base);
  const watched = await reports.open("gone", "#changed=0");
  const { page } = watched;
  const figures = await page.locator(".counts div:not([class])").allTextContents();
  expect(figures.slice(0, 3)).toEqual(["people and 2 who left3", "accounts and 1 gone2", "teams and 1 gone2"]);
  const heads = () => page.locator("#matrix .team th").allTextContents();
  expect((await heads()).slice(0, 2)).toEqual(["developers 2 people", "old gone 0 people and 2 who left"]);
  expect(await page.locator("#shown").textContent()).toBe("3 people and 2 who left");
  await page.locator("#q").fill("o");
  expect(await page.locator("#shown").textContent()).toBe("3 people and 2 who left");
  await page.locator("#q").fill("out");
  expect(await page.locator("#shown").textContent()).toBe("0 of 3 people and 1 who left");
  await page.locator("#q").fill("");
  await page.locator("#changed").check();
  expect(await page.locator("#shown").textContent()).toBe("0 of 3 people and 2 who left, 1 of 2 accounts and 1 gone");
  await closeQuiet(watched);
});

test("a promotion counts as wider, and stands out in sign, outline and words", async () => {
  const base = sampleRoster();
  const inTeam = (team: string) => ({ ...base, people: ["ann", "bob"].map((key) => samplePerson(key, [team])) });
  reports.write("promoted", inTeam("seniors"), inTeam("developers"));
  const watched = await reports.open("promoted");
  const { page } = watched;
  expect(await page.locator(".counts [class]").allTextContents()).toEqual(["gained0", "wider4", "narrower0", "lost0"]);
  const cell = page.locator("#matrix td[data-t]:visible").last();
  expect(await cell.textContent()).toMatch(/^SA↑wider: administrator instead of spectator$/);
  const outline = (of: string) => page.evaluate(`getComputedStyle(document.querySelector("${of}")).outlineColor`);
  expect(await outline("b.wider")).not.toBe(await outline("b.narrower"));
  await closeQuiet(watched);
});

/** People with everything a cell can show, in many accounts. */
function crowded(accounts: number, shift: number): Roster {
  const roster = rosterOf(8, accounts + 1);
  const tiers = [...roster.tiers, ...["debugger", "designer", "deployer"].map(ownTier)];
  const keys = [...tiers, ...tiers].map(({ key }) => key);
  const people = roster.people.map(({ key }, row) => {
    const grants = roster.accounts.flatMap((account, column) => {
      const [place, tier] = [row + column, keys[((row + 1) * shift + column) % keys.length] ?? ""];
      const until = place % 3 === 0 ? undefined : "2027-01-15T00:00:00Z";
      const further = place % 2 === 0 ? [sampleGrant(account.key, "spectator")] : [];
      return (place + shift) % 9 === 8 ? [] : [sampleGrant(account.key, tier, until), ...further];
    });
    return samplePerson(key, [], grants);
  });
  return { ...roster, tiers, people: [...people.slice(shift), samplePerson(`new${shift}`, [])] };
}

test.each([
  [4, "screen"],
  [8, "screen"],
  [25, "screen"],
  [41, "screen"],
  [41, "print"],
] as const)("letters, signs and rings of %s accounts have room, on %s", async (accounts, media) => {
  const name = `crowded-${accounts}`;
  reports.write(name, crowded(accounts, 1), crowded(accounts, 0));
  const watched = await reports.open(name, "#changed=0");
  const { page } = watched;
  await page.emulateMedia({ media });
  const found = await page.evaluate(`(() => {
    const wrong = [...document.querySelectorAll("#matrix td[data-t] > b")].flatMap((mark) => {
      const range = document.createRange();
      range.selectNodeContents(mark);
      const [text, box] = [range.getBoundingClientRect(), mark.getBoundingClientRect()];
      const ring = getComputedStyle(mark, "::after");
      const covered = mark.matches(".own") &&
        text.right > box.right - parseFloat(ring.right) - parseFloat(ring.width) + 0.5 &&
        text.bottom > box.top + parseFloat(ring.top) + 0.5 && text.top < box.bottom - parseFloat(ring.bottom) - 0.5;
      const out = text.left < box.left - 0.5 || text.right > box.right + 0.5 || text.height > box.height + 0.5;
      return covered || out ? [mark.outerHTML + " " + [covered, out, text.width, text.height, box.width, box.height]] : [];
    });
    const split = [...document.querySelectorAll("th em")].filter((note) => note.getClientRects().length > 1 || note.scrollWidth > note.offsetWidth);
    return [...new Set(wrong), ...split.map((note) => note.outerHTML)];
  })()`);
  expect(found).toEqual([]);
  await closeQuiet(watched);
});
