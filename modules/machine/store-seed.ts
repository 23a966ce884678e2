import { spawn } from "node:child_process";
import { KEYCHAIN_SERVICE } from "./session-keychain";

const PATIENCE_MS = 120_000;

/** Whether the keychain has it now. `locked` where its program says so. */
export type Stored = "stored" | "locked" | "refused" | "no program";

/**
 * Puts a device's seed into the system's keychain, where `readKeychain` looks. It goes through a pipe on both systems: macOS's
 * program would take it as an argument or on the terminal, and reads whole commands from a pipe with `-i`. Sources: secret-tool(1),
 * security(1).
 */
export function storeSeed(env: NodeJS.ProcessEnv, serial: string, seed: string): Promise<Stored> {
  // Into a command line, though not a shell's: nothing in it may end a word.
  if (!/^[\w+=/:,.@-]+$/.test(serial)) return Promise.resolve("refused");
  return process.platform === "darwin"
    ? feed(env, "security", ["-i"], `add-generic-password -U -s ${KEYCHAIN_SERVICE} -a ${serial} -w ${seed}\n`)
    : feed(
        env,
        "secret-tool",
        ["store", "--label", "Rolecall MFA", "service", KEYCHAIN_SERVICE, "account", serial],
        seed,
      );
}

function feed(env: NodeJS.ProcessEnv, program: string, args: readonly string[], text: string): Promise<Stored> {
  return new Promise<Stored>((done) => {
    const child = spawn(program, args, {
      env: { ...env, LC_ALL: "C", LANGUAGE: "C" },
      stdio: ["pipe", "ignore", "pipe"],
      // Unlike spawn's own time limit this one keeps no process alive when the program is missing.
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    let said = "";
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (chunk: string) => {
      said = (said + chunk).slice(0, MOST_BYTES);
    });
    child.on("error", () => done("no program"));
    child.on("close", (code) => done(code === 0 ? "stored" : LOCKED.test(said) ? "locked" : "refused"));
    // A program that is missing, or ends early, is reported by the other events.
    child.stdin.on("error", () => {});
    child.stdin.end(text);
  });
}

/** Sources: secret-tool 0.20.5, "Cannot create an item in a locked collection"; macOS, errSecInteractionNotAllowed. */
const LOCKED = /locked (collection|object)|interaction is not allowed/i;
const MOST_BYTES = 1_000;
