import { readFileSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** A page of ours, and everything it may not do, as it happens. */
export interface WatchedPage {
  readonly page: Page;
  readonly requests: string[];
  readonly complaints: string[];
  /** Requests that left the browser, or would have. */
  readonly sent: string[];
}

/** Opens a file's address. Nothing it asks of a network is let through. */
export async function openWatched(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  const sent: string[] = [];
  context.setDefaultTimeout(20_000);
  await context.route(/^(?!file:)/, (route) => {
    sent.push(route.request().url());
    return route.abort();
  });
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(address);
  return { page, requests, complaints, sent };
}

/** Closes it, and expects that it asked for itself alone and the browser had nothing to say. */
export async function closeQuiet({ page, requests, complaints }: WatchedPage): Promise<void> {
  const url = page.url().replace(/#.*/, "");
  expect(requests.map((request) => request.replace(/#.*/, ""))).toEqual(requests.map(() => url));
  expect(complaints).toEqual([]);
  await page.context().close();
}

/** What axe finds, each with its first place. */
export async function axeViolations(page: Page): Promise<unknown> {
  await page.evaluate(AXE);
  return page.evaluate(
    `axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes[0].html))`,
  );
}
