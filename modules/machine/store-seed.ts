import { spawn } from "node:child_process";
import { KEYCHAIN_SERVICE } from "./session-keychain";

const PATIENCE_MS = 120_000;

/**
 * Puts a device's seed into the system's keychain, where `readKeychain` looks. It goes through a pipe on both systems: macOS's
 * program would take it as an argument or on the terminal, and reads whole commands from a pipe with `-i`. Sources: secret-tool(1),
 * security(1).
 */
export function storeSeed(env: NodeJS.ProcessEnv, serial: string, seed: string): Promise<boolean> {
  // Into a command line, though not a shell's: nothing in it may end a word.
  if (!/^[\w+=/:,.@-]+$/.test(serial)) return Promise.resolve(false);
  return process.platform === "darwin"
    ? feed(env, "security", ["-i"], `add-generic-password -U -s ${KEYCHAIN_SERVICE} -a ${serial} -w ${seed}\n`)
    : feed(
        env,
        "secret-tool",
        ["store", "--label", "Rolecall MFA", "service", KEYCHAIN_SERVICE, "account", serial],
        seed,
      );
}

function feed(env: NodeJS.ProcessEnv, program: string, args: readonly string[], text: string): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(program, args, {
      env,
      stdio: ["pipe", "ignore", "ignore"],
      // Unlike spawn's own time limit this one keeps no process alive when the program is missing.
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    child.on("error", () => done(false));
    child.on("close", (code) => done(code === 0));
    // A program that is not there, or ends early, is told by the other events.
    child.stdin.on("error", () => {});
    child.stdin.end(text);
  });
}
