import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { quote } from "../../text";
import type { Context } from "../../machine/context";

/** Somebody's secret age key, wherever it stands: a text that is never repeated. */
export const SECRET_KEY = /AGE-SECRET-KEY/i;

/** Armored. Throws with a sentence for people when the recipient is not one. */
export async function encryptWithAge(given: string, secret: string): Promise<string> {
  const recipient = given.trim();
  if (SECRET_KEY.test(recipient))
    throw new Error("--age-recipient got a secret key; give the public one, which begins with age1");
  const { armor, Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
    return armor.encode(await encrypter.encrypt(secret));
  } catch {
    throw new Error(`${quote(recipient)} is no age recipient; it begins with age1, see age-keygen -y`);
  }
}

const FINGERPRINT = /^[0-9A-F]{40}$/i;

/**
 * By the gpg program; the secret goes through standard input. A file's one key is imported into a keyring of its own, in a
 * folder only this user can read. Of the caller's keyring a full fingerprint is taken at its word, and any other name only
 * when gpg trusts that key: anybody can make a key with somebody else's address.
 */
export async function encryptWithPgp(context: Context, key: string, secret: string): Promise<string> {
  const file = resolve(context.root, key);
  if (!existsFile(file)) {
    const trust = FINGERPRINT.test(key) ? ["--trust-model", "always"] : [];
    return encryptTo(context.env, ["--batch", "--no-tty", ...trust], key, secret);
  }
  const home = mkdtempSync(join(tmpdir(), "rolecall-gpg-"));
  try {
    chmodSync(home, 0o700);
    const common = ["--batch", "--no-tty", "--homedir", home, "--no-autostart"];
    await gpg(context.env, [...common, "--import", "--", file]);
    const listed = await gpg(context.env, [...common, "--with-colons", "--list-keys"]);
    const keys = listed.split("\n").flatMap((line, index, lines) => {
      const fingerprint = lines[index + 1]?.split(":")[9];
      return line.startsWith("pub:") && fingerprint !== undefined ? [fingerprint] : [];
    });
    const [only] = keys;
    if (keys.length !== 1 || only === undefined)
      throw new Error(`${quote(key)} holds ${keys.length} public keys; export exactly one`);
    context.stderr(`encrypting to the key ${only}; compare it with the person's own\n`);
    return await encryptTo(context.env, [...common, "--trust-model", "always"], only, secret);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function encryptTo(
  env: NodeJS.ProcessEnv,
  options: readonly string[],
  recipient: string,
  secret: string,
): Promise<string> {
  return gpg(env, [...options, "--armor", "--recipient", recipient, "--encrypt"], secret);
}

function existsFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

const GPG_SECONDS = 60;

/** What gpg printed. Throws with its last line. */
function gpg(env: NodeJS.ProcessEnv, args: readonly string[], input = ""): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn("gpg", args, { env, stdio: "pipe", timeout: GPG_SECONDS * 1000 });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.stdin.on("error", () => undefined);
    child.on("error", (error) => {
      const missing = "code" in error && error.code === "ENOENT";
      fail(new Error(missing ? "gpg is not installed; install GnuPG, or use --age-recipient" : error.message));
    });
    child.on("close", (code) => {
      if (code === 0) return done(Buffer.concat(out).toString());
      const lines = Buffer.concat(err).toString().trim().split("\n");
      fail(new Error(`gpg did not encrypt: ${quote(lines.at(-1) ?? "")}; is this a public key that can encrypt?`));
    });
    child.stdin.end(input);
  });
}
