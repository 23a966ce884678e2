import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { cacheFolder } from "./session-store";
import { onStopSignals } from "../../machine/signals";

/** A browser has read a local page long before. */
const READ_MS = 15_000;

/** Opens an address in the person's browser, without a shell. Throws with the cure. */
export async function openInBrowser({ env }: Context, url: string): Promise<void> {
  const program = process.platform === "darwin" ? "open" : "xdg-open";
  const code = await new Promise<number | null>((done) => {
    const child = spawn(program, [url], { env, stdio: "ignore" });
    child.once("error", () => done(null));
    child.once("close", done);
  });
  if (code !== 0)
    throw new Refusal(`no browser could be opened (${program}); run this without --open and open the link yourself`);
}

/**
 * Opens an address that nobody else may learn. Arguments of programs are public on a machine, so the browser gets a page in the
 * person's private folder that leads on; it is removed again after a while.
 */
export async function openPrivately(context: Context, url: string): Promise<void> {
  const page = join(cacheFolder(context.env), `open-${randomBytes(12).toString("hex")}.html`);
  const target = url.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const text = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${target}"><title>AWS</title>\n`;
  writeFileSync(page, text, { mode: 0o600, flag: "wx" });
  let wake = () => {};
  const stopped = new Promise<void>((done) => {
    wake = done;
  });
  const release = onStopSignals(() => wake());
  try {
    await openInBrowser(context, pathToFileURL(page).href);
    context.stderr(`opening the console in the browser; ${quote(page)} is removed in ${READ_MS / 1000} s\n`);
    const timer = setTimeout(wake, READ_MS);
    await stopped.finally(() => clearTimeout(timer));
  } finally {
    release();
    rmSync(page, { force: true });
  }
}
