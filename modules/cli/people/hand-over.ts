import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { encryptWithAge, encryptWithPgp, expectAgeRecipient, SECRET_KEY } from "./encrypt";

export interface HandOverOptions {
  readonly ageRecipient?: string | undefined;
  /** A file with one public key, or the name of a key in the caller's keyring. */
  readonly pgpKey?: string | undefined;
  /** In the clear on standard output. */
  readonly print?: boolean | undefined;
  readonly json: boolean;
}

/** How a secret leaves this program: encrypted text may go anywhere, clear text only where a person looks. */
export type HandOver =
  | { readonly kind: "encrypted"; readonly how: "age" | "pgp"; readonly encrypt: (secret: string) => Promise<string> }
  | { readonly kind: "clear"; readonly on: "stdout" | "terminal" };

/**
 * Decided before AWS is asked for anything: a password that could not be handed over would help nobody. A PGP key is judged by gpg,
 * later, and still before the password is set. Throws a `Refusal` that never repeats a key.
 */
export async function chooseHandOver(context: Context, options: HandOverOptions): Promise<HandOver> {
  const { ageRecipient, pgpKey, print, json } = options;
  if ([ageRecipient, pgpKey].some((each) => each !== undefined && SECRET_KEY.test(each)))
    throw new Refusal("this is a secret age key, to be kept private; give the public one, which begins with age1");
  if ([ageRecipient, pgpKey, print || undefined].filter((each) => each !== undefined).length > 1)
    throw new Refusal("give one of --age-recipient, --pgp-key and --print");
  if (ageRecipient !== undefined) {
    await expectAgeRecipient(ageRecipient);
    return { kind: "encrypted", how: "age", encrypt: (secret) => encryptWithAge(ageRecipient, secret) };
  }
  if (pgpKey !== undefined)
    return { kind: "encrypted", how: "pgp", encrypt: (secret) => encryptWithPgp(context, pgpKey, secret) };
  if (json) throw new Refusal("--json prints no password in the clear; give --age-recipient or --pgp-key");
  if (print) return { kind: "clear", on: "stdout" };
  if (context.isTty) return { kind: "clear", on: "terminal" };
  throw new Refusal(
    "there is no terminal to show the password on; give --age-recipient or --pgp-key, or --print for standard output",
  );
}
