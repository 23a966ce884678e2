import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** The project's folder. */
export const ROOT = resolve(__dirname, "../..");

/** A file, or every file below a folder, whose name ends as asked. */
export function sources(path: string, ends: RegExp = /\.(ts|mjs|js)$/): readonly string[] {
  if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => sources(join(path, name), ends));
  return ends.test(path) ? [path] : [];
}
