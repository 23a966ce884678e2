import { spawn } from "node:child_process";

/** Under which a seed is in the system's keychain, next to the device's serial number. */
export const KEYCHAIN_SERVICE = "rolecall-mfa";

const PATIENCE_MS = 60_000;
const MOST_BYTES = 1_000;

/** What the keychain said. `absent`: no such seed, or no keychain here. */
export type KeychainAnswer =
  | { readonly kind: "seed"; readonly seed: string }
  | { readonly kind: "absent" }
  | { readonly kind: "locked" };

/**
 * The TOTP seed of a device. It comes through a pipe: neither arguments nor files hold it. Told apart from an absent one is a
 * locked keychain: macOS's program has its own code for it, and secret-tool says so when it searches, not when it looks up.
 * Sources: security(1) and Security/SecBase.h (errSecInteractionNotAllowed is 36 as an exit code, errSecItemNotFound 44);
 * secret-tool 0.20.5, measured in November 2026.
 */
export async function readKeychain(env: NodeJS.ProcessEnv, serial: string): Promise<KeychainAnswer> {
  const attributes = ["service", KEYCHAIN_SERVICE, "account", serial];
  const { code, out } = await (process.platform === "darwin"
    ? ask(env, "security", ["find-generic-password", "-s", KEYCHAIN_SERVICE, "-a", serial, "-w"])
    : ask(env, "secret-tool", ["lookup", ...attributes]));
  const seed = out.trim();
  if (code === 0 && seed !== "") return { kind: "seed", seed };
  const locked = process.platform === "darwin" ? code === LOCKED_ON_MACOS : await isLocked(env, attributes);
  return { kind: locked ? "locked" : "absent" };
}

const LOCKED_ON_MACOS = 36;

/** Asks for what is there without opening it. What it prints of an open one is thrown away: it would hold the seed. */
async function isLocked(env: NodeJS.ProcessEnv, attributes: readonly string[]): Promise<boolean> {
  const { code, err } = await ask(env, "secret-tool", ["search", ...attributes]);
  return code === 0 && /\blocked (object|collection)\b/i.test(err);
}

interface Answer {
  /** Absent when there is no such program, or it took too long. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function ask(env: NodeJS.ProcessEnv, program: string, args: readonly string[]): Promise<Answer> {
  return new Promise((done) => {
    // Not `timeout`: its timer outlives a program that is not there. English, since what it says is read.
    const child = spawn(program, args, {
      env: { ...env, LC_ALL: "C", LANGUAGE: "C" },
      stdio: ["ignore", "pipe", "pipe"],
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const held = { out: "", err: "" };
    for (const [name, stream] of [
      ["out", child.stdout],
      ["err", child.stderr],
    ] as const) {
      stream.setEncoding("utf8");
      stream.on("data", (chunk: string) => {
        held[name] = (held[name] + chunk).slice(0, MOST_BYTES);
      });
    }
    child.on("error", () => done({ code: null, out: "", err: "" }));
    child.on("close", (code) => done({ code, ...held }));
  });
}
