import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { quote } from "../../text";
import type { Context } from "../../machine/context";

/** Somebody's secret age key, wherever it stands: a text that is never repeated. */
export const SECRET_KEY = /AGE-SECRET-KEY/i;

/** Armored. Throws with a sentence for people when the recipient is not one that is taken. */
export async function encryptWithAge(given: string, secret: string): Promise<string> {
  const { encrypter, armor } = await openAge(given);
  try {
    return armor.encode(await encrypter.encrypt(secret));
  } catch {
    throw new Error(recipientProblem(given.trim()));
  }
}

/** Throws, as `encryptWithAge`, when the recipient is not one that is taken; nothing is encrypted yet. */
export async function expectAgeRecipient(given: string): Promise<void> {
  await openAge(given);
}

async function openAge(given: string) {
  const recipient = given.trim();
  if (SECRET_KEY.test(recipient))
    throw new Error("--age-recipient got a secret key; give the public one, which begins with age1");
  const { armor, Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch {
    throw new Error(recipientProblem(recipient));
  }
  return { encrypter, armor };
}

const TAKEN =
  "--age-recipient takes one public key of age-keygen (age-keygen -y shows it): age1 and 58 more characters, or age1pq1";

/** Ours would have to run the program that the person has; age itself does. */
const BY_AGE = "for any other, pipe the password to age: rolecall invite ... --print | age -r";

/** Why this is no recipient here, and what is. Sources: age(1), "RECIPIENTS"; C2SP, age-plugin. */
export function recipientProblem(recipient: string): string {
  const shown = quote(recipient);
  const plugin = /^age1([a-z0-9._-]+)1[a-z0-9]+$/.exec(recipient)?.[1];
  if (plugin !== undefined && plugin !== "pq")
    return `${shown} is a key of the age plugin ${quote(plugin)}, which is not run here; ${TAKEN}; ${BY_AGE} ${recipient}`;
  if (/^(ssh-|ecdsa-|sk-)\S+/.test(recipient))
    return `${shown} is an SSH key; ${TAKEN}; ${BY_AGE} with the key in quotes`;
  if (/^AGE1/.test(recipient)) return `${shown} is in capitals; write it in small letters`;
  if (/^age1\S*$/.test(recipient))
    return `${shown} begins like an age key and has a typing mistake or an end that is missing; copy it again`;
  if (/[\s,]/.test(recipient)) return `${shown} is more than one word; ${TAKEN}`;
  return `${shown} is no age key; ${TAKEN}`;
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

/**
 * The keyring alone: for an address that it does not have gpg would ask the network, and so tell others whom this is for. Source:
 * gpg(1), "--auto-key-locate", "--disable-dirmngr".
 */
const OFFLINE = ["--no-auto-key-locate", "--no-auto-key-retrieve", "--disable-dirmngr"];

/** What gpg printed. Throws with its last line. */
function gpg(env: NodeJS.ProcessEnv, args: readonly string[], input = ""): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn("gpg", [...OFFLINE, ...args], { env, stdio: "pipe", timeout: GPG_SECONDS * 1000 });
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
      fail(
        new Error(
          `gpg did not encrypt: ${quote(lines.at(-1) ?? "")}; is this a public key that can encrypt, in your keyring or in a file? It is not looked up on the network`,
        ),
      );
    });
    child.stdin.end(input);
  });
}
