import { existsSync, realpathSync } from "node:fs";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import type { Context } from "../../machine/context";

/**
 * Words that run this Rolecall from anywhere. Node by an absolute path, since editors and services have another PATH: the one on
 * the PATH that is the Node running now, because it outlives an upgrade, else the running one itself.
 */
export function invocation(
  { home, env }: Pick<Context, "home" | "env">,
  running = process.execPath,
): readonly string[] {
  const onPath = (env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, "node"))
    .find((candidate) => real(candidate) === real(running));
  return [onPath ?? running, join(home, "bin/rolecall.js")];
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Absolute path of the roster that was read. */
export function rosterPath({ root, env }: Pick<Context, "root" | "env">, given: string | undefined): string {
  const named = given ?? env["ROLECALL_ROSTER"];
  return resolve(root, named ?? (existsSync(resolve(root, "roster.yaml")) ? "roster.yaml" : "roster"));
}
