import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { quote } from "../../text";

/** A secret age key, anywhere in a text: such a text is never repeated. */
export const SECRET_KEY = /AGE-SECRET-KEY/i;

/** The secret for the recipient, armored. Throws a `Refusal` where age does not take the recipient. */
export async function encryptWithAge(given: string, secret: string): Promise<string> {
  const { encrypter, armor } = await openAge(given);
  try {
    return armor.encode(await encrypter.encrypt(secret));
  } catch {
    throw new Refusal(recipientProblem(given.trim()));
  }
}

/** Throws a `Refusal` where age does not take the recipient; nothing is encrypted yet. */
export async function expectAgeRecipient(given: string): Promise<void> {
  await openAge(given);
}

async function openAge(given: string) {
  const recipient = given.trim();
  if (SECRET_KEY.test(recipient))
    throw new Refusal("--age-recipient was given a secret key; give the public one, which begins with age1");
  const { armor, Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch {
    throw new Refusal(recipientProblem(recipient));
  }
  return { encrypter, armor };
}

const TAKEN =
  "--age-recipient takes one public key of age-keygen (age-keygen -y shows it): age1 and 58 more characters, or age1pq1";

/** Plugins are programs on the person's machine; age runs them, and Rolecall does not. */
const BY_AGE = "for any other, pipe the password to age: rolecall invite ... --print | age -r";

/** Why this recipient is not taken, and what is. Sources: age(1), "RECIPIENTS"; C2SP, age-plugin. */
export function recipientProblem(recipient: string): string {
  const shown = quote(recipient);
  const plugin = /^age1([a-z0-9._-]+)1[a-z0-9]+$/.exec(recipient)?.[1];
  if (plugin !== undefined && plugin !== "pq")
    return `${shown} is a key of the age plugin ${quote(plugin)}, which Rolecall does not run; ${TAKEN}; ${BY_AGE} ${recipient}`;
  if (/^(ssh-|ecdsa-|sk-)\S+/.test(recipient))
    return `${shown} is an SSH key; ${TAKEN}; ${BY_AGE} with the key in quotes`;
  if (/^AGE1/.test(recipient)) return `${shown} is in uppercase; write it in lowercase`;
  if (/^age1\S*$/.test(recipient))
    return `${shown} begins like an age key, but has a typing error or is truncated; copy it again`;
  if (/[\s,]/.test(recipient)) return `${shown} is more than one word; ${TAKEN}`;
  return `${shown} is not an age key; ${TAKEN}`;
}

const FINGERPRINT = /^[0-9A-F]{40}$/i;

/**
 * Encrypts with the gpg program; the secret goes through standard input. The one key of a file is imported into a keyring of its own, in a
 * folder that only this user can read. In the caller's keyring, a full fingerprint is trusted as it is, and any other name only
 * where gpg trusts that key: anybody can make a key with another person's address.
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
      throw new Refusal(`${quote(key)} holds ${keys.length} public keys; export exactly one`);
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
 * Only the keyring: for an address that is not in it, gpg would ask the network, and so tell others who this is for. Source:
 * gpg(1), "--auto-key-locate", "--disable-dirmngr".
 */
const OFFLINE = ["--no-auto-key-locate", "--no-auto-key-retrieve", "--disable-dirmngr"];

/** What gpg printed. Throws a `Refusal` with its last line. */
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
      fail(missing ? new Refusal("gpg is not installed; install GnuPG, or use --age-recipient") : error);
    });
    child.on("close", (code) => {
      if (code === 0) return done(Buffer.concat(out).toString());
      const lines = Buffer.concat(err).toString().trim().split("\n");
      fail(
        new Refusal(
          `gpg did not encrypt: ${quote(lines.at(-1) ?? "")}; name a public key that can encrypt, in your keyring or in a file; it is not looked up on the network`,
        ),
      );
    });
    child.stdin.end(input);
  });
}
