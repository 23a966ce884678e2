import { basename, dirname, resolve } from "node:path";
import type { Context } from "./context";

/** The world as this process sees it. */
export function createContext(process: NodeJS.Process): Context {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosed);
  return {
    root: process.cwd(),
    home: homeFolder(__dirname),
    env: process.env,
    now: new Date(),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    isTty: Boolean(process.stdin.isTTY && process.stderr.isTTY),
  };
}

/** Whoever reads may have seen enough (`| head`): no failure of what was asked. */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** A bundle lies in `.rolecall/build`, a source file in `bin`. */
function homeFolder(folder: string): string {
  return basename(folder) === "build" ? resolve(folder, "..", "..") : dirname(folder);
}
