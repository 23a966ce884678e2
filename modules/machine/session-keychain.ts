import { spawn } from "node:child_process";

/** Under which a seed lies in the system's keychain, beside the device's serial number. */
export const KEYCHAIN_SERVICE = "rolecall-mfa";

const PATIENCE_MS = 60_000;
const MOST_BYTES = 1_000;

/**
 * The TOTP seed of a device, where the system has a keychain and it holds one; else `undefined`. It comes through a pipe:
 * neither arguments nor files hold it.
 */
export async function readKeychain(env: NodeJS.ProcessEnv, serial: string): Promise<string | undefined> {
  const [program, args] =
    process.platform === "darwin"
      ? (["security", ["find-generic-password", "-s", KEYCHAIN_SERVICE, "-a", serial, "-w"]] as const)
      : (["secret-tool", ["lookup", "service", KEYCHAIN_SERVICE, "account", serial]] as const);
  const text = await new Promise<string | undefined>((done) => {
    // Not `timeout`: its timer outlives a program that is not there.
    const child = spawn(program, args, {
      env,
      stdio: ["ignore", "pipe", "ignore"],
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    let held = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (chunk: string) => {
      held = (held + chunk).slice(0, MOST_BYTES);
    });
    child.on("error", () => done(undefined));
    child.on("close", (code) => done(code === 0 ? held : undefined));
  });
  return text?.trim() ? text.trim() : undefined;
}
