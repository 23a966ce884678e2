import type { BrowserContextOptions, Page } from "playwright-core";
import { compileMatrix } from "../../modules/access/matrix";
import type { Roster } from "../../modules/roster/roster";
import { sampleGrant, samplePerson, sampleRoster } from "../support/sample-roster";
import { NOW } from "../support/synth";
import { axeViolations, closeQuiet, type WatchedPage } from "../support/watched-page";
import { moved, Reports, rosterOf } from "./opened";
import { HOSTILE } from "./rosters";

/* The report as people use it: the file, in a real browser. */

jest.setTimeout(120_000);

let reports: Reports;
beforeAll(async () => {
  reports = await Reports.start();
  for (const [people, accounts] of [
    [10, 5],
    [100, 13],
  ] as const) {
    const roster = rosterOf(people, accounts);
    reports.write(String(people), roster);
    reports.write(`${people}-diff`, moved(roster), roster);
  }
  reports.write("1000", rosterOf(1000, 41));
  reports.write("hostile", hostileRoster(), sampleRoster());
});
afterAll(() => reports?.stop());

function hostileRoster(): Roster {
  const grants = HOSTILE.map((reason) => ({ ...sampleGrant("production", "operator"), reason }));
  return sampleRoster({
    people: HOSTILE.map((key) => ({
      ...samplePerson(key, ["developers"], grants),
      place: { file: key, line: 1, column: 1 },
    })),
  });
}

function open(name: string, hash = "", options: BrowserContextOptions = {}): Promise<WatchedPage> {
  return reports.open(name, hash, options);
}

/** Rows of people in sight, and of anything in the table's body. */
function rowsInSight(page: Page): Promise<{ people: string[]; all: number }> {
  return page.evaluate(`(() => {
    const rows = [...document.querySelectorAll("#matrix tbody tr")].filter((row) => row.getClientRects().length > 0);
    const people = rows.filter((row) => !row.classList.contains("team"));
    return { people: people.map((row) => row.querySelector("a").textContent), all: rows.length };
  })()`);
}

function focused(page: Page): Promise<string> {
  return page.evaluate(
    `document.activeElement.id || document.activeElement.textContent.trim() || document.activeElement.tagName`,
  );
}

describe("everybody can read it", () => {
  const views: readonly (readonly [string, "light" | "dark", string])[] = [
    ["10", "light", ""],
    ["10", "dark", ""],
    ["10-diff", "light", "#changed=0"],
    ["10-diff", "dark", ""],
    ["100", "light", "#person=person.0020%40example.org"],
  ];
  test.each(views)("axe finds nothing: %s people, %s %s", async (name, colorScheme, hash) => {
    const watched = await open(name, hash, { colorScheme });
    expect(await axeViolations(watched.page)).toEqual([]);
    await closeQuiet(watched);
  });

  test("by keyboard alone: search, open a team, open a reason, and back", async () => {
    const watched = await open("1000");
    const { page } = watched;
    const press = (key: string) => page.keyboard.press(key);
    await press("Tab");
    expect(await focused(page)).toBe("Skip to the matrix");
    for (const stop of ["q", "team", "tier", "account", "matrix", "team-000"]) {
      await press("Tab");
      expect(await focused(page)).toBe(stop);
      expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).not.toBe("none");
    }
    await press("Enter");
    expect((await rowsInSight(page)).people).toHaveLength(11);
    await press("ArrowDown");
    expect(await focused(page)).toBe("person.0000@example.org");
    await press("Enter");
    expect(await focused(page)).toBe("reason");
    expect(await page.locator("#reason").textContent()).toContain(
      "as a member of team-000 (IAM group team-team-000), roster.yaml:",
    );
    await press("Escape");
    expect(await focused(page)).toBe("person.0000@example.org");
    await press("Enter");
    await page.evaluate("window.same = true");
    await page.goBack();
    await page.locator("#reason").waitFor({ state: "hidden" });
    expect(await focused(page)).toBe("person.0000@example.org");
    await page.goForward();
    await page.locator("#reason").waitFor({ state: "visible" });
    expect(await page.evaluate("window.same")).toBe(true);
    await closeQuiet(watched);
  });

  test("closing a reason whose row is out of sight by now leaves the focus at the table", async () => {
    const watched = await open("10", "#q=person.0001&person=person.0000%40example.org");
    await watched.page.locator("#close").click();
    expect(await focused(watched.page)).toBe("matrix");
    await closeQuiet(watched);
  });

  test.each(["10-diff", "100"])("without script everything is there, and links open the reasons: %s", async (name) => {
    const watched = await open(name, "", { javaScriptEnabled: false });
    const { page } = watched;
    expect(await page.locator("#q").isVisible()).toBe(false);
    const link = page.locator("#matrix tbody a:visible").nth(1);
    const person = await link.textContent();
    await link.click();
    const opened = page.locator("#reasons details[open]");
    expect(await opened.locator("summary").textContent()).toBe(person);
    expect(await opened.textContent()).toMatch(/IAM group .*roster\.yaml:\d+:\d+/s);
    if (name === "10-diff") {
      expect(await page.locator("#matrix tbody a:visible").count()).toBe(3);
      await page.locator("#changed").uncheck();
      expect(await page.locator("#matrix tbody a:visible").count()).toBe(11);
    }
    await closeQuiet(watched);
  });

  test("nothing is wider than a phone, a page at 200 %, or paper; names stay in sight", async () => {
    for (const [name, width] of [
      ["10-diff", 360],
      ["100", 360],
      ["1000", 360],
      ["100", 640],
    ] as const) {
      const watched = await open(name, "", { viewport: { width, height: 740 } });
      const { page } = watched;
      expect([name, width, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([name, width, width]);
      const head = page.locator("#matrix tbody th").first();
      await page.evaluate(`document.getElementById("matrix").scrollLeft = 1000`);
      expect((await head.boundingBox())?.x).toBeGreaterThanOrEqual(0);
      await closeQuiet(watched);
    }
    for (const [name, printed] of [
      ["100", true],
      ["1000", false],
    ] as const) {
      const watched = await open(name, "", { viewport: { width: 1047, height: 720 } });
      await watched.page.emulateMedia({ media: "print" });
      expect(await watched.page.evaluate("document.documentElement.scrollWidth")).toBe(1047);
      expect(await watched.page.locator("#q").isVisible()).toBe(false);
      expect(await watched.page.evaluate(`getComputedStyle(document.querySelector("thead")).display`)).toBe(
        "table-header-group",
      );
      if (printed) expect((await watched.page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
      await closeQuiet(watched);
    }
  });
});

describe("it shows what the roster says", () => {
  test("1,000 people in 40 accounts open, with every cell", async () => {
    const watched = await open("1000");
    const read = (await watched.page.evaluate(`(() => {
      const accounts = [...document.querySelectorAll("thead tr:last-child th")].slice(1, -1).map((head) => head.textContent);
      return [...document.querySelectorAll("#matrix tr[data-g]")].flatMap((row) => [...row.cells].slice(1, -1).map((cell, index) =>
        row.querySelector("a").textContent + " " + accounts[index] + " " + (cell.querySelector("i")?.textContent ?? "")));
    })()`)) as string[];
    expect(read).toHaveLength(40_000);
    const expected = compileMatrix(rosterOf(1000, 41), NOW).rows.flatMap(({ person, cells }) =>
      cells.map(({ account, tiers }) => {
        const words = tiers.map(({ tier, until }) => (until ? `${tier} until ${until.slice(0, 10)}` : tier));
        return `${person} ${account} ${words.join(", ")}`;
      }),
    );
    expect(read.sort()).toEqual(expected.sort());
    await closeQuiet(watched);
  });

  test("1,000 people: teams first, at most 60 rows; a search finds one person, a filter some", async () => {
    const watched = await open("1000");
    const { page } = watched;
    expect(await rowsInSight(page)).toEqual({ people: [], all: 60 });
    await page.locator("#more").click();
    expect((await rowsInSight(page)).all).toBe(100);
    await page.locator("#q").fill("person.0421");
    expect((await rowsInSight(page)).people).toEqual(["person.0421@example.org"]);
    expect(await page.locator("#shown").textContent()).toBe("1 of 1,000 people");
    await page.locator("#q").fill("nobody at all");
    expect(await page.locator("#nobody").isVisible()).toBe(true);
    await page.locator("#reset").click();
    expect(await focused(page)).toBe("q");
    await page.locator("#tier").selectOption("administrator");
    await page.locator("#account").selectOption("production");
    expect((await rowsInSight(page)).people).toHaveLength(11);
    await page.locator("#team").selectOption("team-001");
    expect((await rowsInSight(page)).people).toHaveLength(1);
    await closeQuiet(watched);
  });

  test("against a base: changed rows alone at first; the others on request", async () => {
    const watched = await open("100-diff");
    const { page } = watched;
    expect((await rowsInSight(page)).people.sort()).toEqual([
      "a.newcomer",
      "person.0000@example.org",
      "person.0001@example.org",
      "person.0002@example.org",
    ]);
    await page.locator("#changed").uncheck();
    expect((await rowsInSight(page)).people).toHaveLength(101);
    expect(page.url()).toContain("#changed=0");
    await page.goBack();
    await page.locator("#changed:checked").waitFor();
    expect((await rowsInSight(page)).people).toHaveLength(4);
    await closeQuiet(watched);
  });

  test("the address keeps what is shown, over a reload and for somebody else", async () => {
    const watched = await open("100");
    const { page } = watched;
    await page.locator("#q").fill("person");
    await page.locator("#team").selectOption("team-002");
    await page.locator("#tier").selectOption("operator");
    await page.locator("#matrix tr[data-g] td[data-t]:visible").first().click();
    const [title, rows, url] = [await page.locator("#reason-title").textContent(), await rowsInSight(page), page.url()];
    await page.reload();
    expect(await rowsInSight(page)).toEqual(rows);
    expect(await page.locator("#q").inputValue()).toBe("person");
    const other = await open("100", url.slice(url.indexOf("#")));
    expect(await rowsInSight(other.page)).toEqual(rows);
    expect(await other.page.locator("#reason-title").textContent()).toBe(title);
    expect(await other.page.locator("#reason h3.on").count()).toBe(1);
    await closeQuiet(other);
    await closeQuiet(watched);
  });
});

describe("it does nothing else", () => {
  test("hostile names and reasons are text, in the table, the reasons and the address", async () => {
    const fields = ["q", "team", "tier", "account", "person", "cell"];
    // An address cannot have half a character.
    const texts = HOSTILE.map((text) => text.replace("\ud800", "?"));
    const hashes = texts.flatMap((text) => fields.map((field) => `${field}=${encodeURIComponent(text)}`));
    const watched = await open("hostile", `#${texts.map((text) => `q=${encodeURIComponent(text)}`).join("&")}`);
    const found = await watched.page.evaluate(`(async () => {
      const foreign = () => document.querySelectorAll("img, iframe, svg, body script + script, [onerror]").length;
      const found = [foreign()];
      for (const hash of ${JSON.stringify(hashes)}) {
        const heard = new Promise((done) => addEventListener("popstate", done, { once: true }));
        location.hash = hash;
        await heard;
        found.push(foreign());
      }
      return found;
    })()`);
    expect(found).toEqual([0, ...hashes.map(() => 0)]);
    // The page did hear of the last one.
    expect(decodeURIComponent(watched.page.url())).toContain(`cell=${texts.at(-1)}`);
    await watched.page.evaluate(`location.hash = "q=nobody"`);
    await watched.page.locator("#nobody").waitFor();
    await watched.page.evaluate(`location.hash = "q="`);
    await watched.page.locator("#matrix tr[data-g] a:visible").first().click();
    expect(await watched.page.locator("#reason").textContent()).toContain("<img src=x onerror=alert(1)>");
    await closeQuiet(watched);
  });

  test("what somebody gets into the page is stopped by its policy", async () => {
    const { page, sent } = await open("10");
    const stopped = await page.evaluate(`new Promise((done) => {
      const seen = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
        if (seen.push(effectiveDirective) === 4) done(seen.sort());
      });
      const add = (name, values) => document.body.append(Object.assign(document.createElement(name), values));
      add("img", { src: "https://example.org/leak.png" });
      const script = document.createElement("script");
      try { script.text = "window.taken = true"; } catch {}
      document.body.append(script);
      document.body.setAttribute("style", "color: red");
      fetch("https://example.org/leak").catch(() => {});
      setTimeout(() => done(seen.sort()), 10000);
    })`);
    expect(stopped).toEqual(["connect-src", "img-src", "require-trusted-types-for", "style-src-attr"]);
    expect(await page.evaluate("window.taken")).toBeUndefined();
    expect(sent).toEqual([]);
    await page.context().close();
  });
});
