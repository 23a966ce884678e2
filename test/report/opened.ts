import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { generateRoster } from "../../bench/generate-roster";
import { pageAssets } from "../../modules/cli/roster/page-assets";
import { renderPage } from "../../modules/report/html/document";
import { buildPicture } from "../../modules/report/picture/build";
import type { Roster } from "../../modules/roster/roster";
import { launchChromium } from "../support/chromium";
import { parseText } from "../support/roster-text";
import { HOME } from "../support/run-command";
import { NOW } from "../support/synth";
import { openWatched, type WatchedPage } from "../support/watched-page";

/** One browser, and a folder of reports it can open. */
export class Reports {
  private constructor(
    private readonly browser: Browser,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Reports> {
    const browser = await launchChromium(process.env);
    return new Reports(browser, mkdtempSync(join(tmpdir(), "rolecall-report-")));
  }

  /** Writes the report of a roster, against a base if there is one. At most one administrator is allowed, for the limits. */
  write(name: string, roster: Roster, base?: Roster): void {
    const picture = buildPicture(roster, NOW, {
      ...(base ? { base: { name: "main", roster: base, notes: [] } } : {}),
      limits: [{ tier: "administrator", max: 1 }],
    });
    writeFileSync(this.path(name), renderPage(picture, pageAssets(HOME)));
  }

  open(name: string, hash = "", options: BrowserContextOptions = {}): Promise<WatchedPage> {
    return openWatched(this.browser, pathToFileURL(this.path(name)).href + hash, options);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private path(name: string): string {
    return join(this.folder, `${name}.html`);
  }
}

export function rosterOf(people: number, accounts: number): Roster {
  const parsed = parseText(generateRoster({ people, accounts }));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.value;
}

/** One person comes, one goes, one changes teams. */
export function moved(roster: Roster): Roster {
  const [, second, third, ...others] = roster.people;
  if (second === undefined || third === undefined) throw new Error("too few people");
  return { ...roster, people: [{ ...second, key: "a.newcomer" }, { ...third, teams: ["team-000"] }, ...others] };
}
