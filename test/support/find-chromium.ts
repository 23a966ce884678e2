import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chromium-headless-shell"];

/** Path of the machine's browser: ROLECALL_CHROMIUM, CHROME_PATH, or the first of the usual names on PATH. Throws with the cure. */
export function findChromium(env: NodeJS.ProcessEnv): string {
  const named = env["ROLECALL_CHROMIUM"] || env["CHROME_PATH"];
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(
      `ROLECALL_CHROMIUM or CHROME_PATH names ${named}, which is not a program; name a Chromium or unset it`,
    );
  }
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  if (found === undefined)
    throw new Error(
      "these tests need a Chromium and there is none on PATH; install it (Debian, Ubuntu: apt-get install chromium) or name it in ROLECALL_CHROMIUM",
    );
  return found;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Flags of a browser that shows nothing and asks nobody anything. Root has no sandbox of Chromium's, as in most containers. */
export function quietFlags(): readonly string[] {
  const quiet = ["quic", "background-networking", "component-update", "sync"].map((what) => `--disable-${what}`);
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return ["--headless", "--disable-gpu", "--no-first-run", ...quiet, ...sandbox];
}
