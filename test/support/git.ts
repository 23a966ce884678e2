import { execFileSync } from "node:child_process";

/** Git without the settings of this machine and its person. */
export const GIT_ENV = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };

/** Git in this folder, by nobody in particular; what it prints. Throws when it fails. */
export function gitIn(folder: string): (...args: readonly string[]) => string {
  const who = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
  const options = { cwd: folder, env: GIT_ENV, encoding: "utf8" } as const;
  return (...args) => execFileSync("git", [...who, ...args], { ...options, stdio: ["ignore", "pipe", "pipe"] });
}
