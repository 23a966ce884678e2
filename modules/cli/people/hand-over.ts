import type { Context } from "../../machine/context";
import { encryptWithAge, encryptWithPgp, SECRET_KEY } from "./encrypt";

export interface HandOverOptions {
  readonly ageRecipient?: string;
  /** A file with one public key, or the name of a key in the caller's own keyring. */
  readonly pgpKey?: string;
  /** In the clear on standard output. */
  readonly print?: boolean;
}

/**
 * How a secret leaves this program: encrypted text may go anywhere, clear text only where a person looks. `show` tells the
 * code of the system's error when it could not.
 */
export type HandOver =
  | { readonly kind: "encrypted"; readonly how: string; readonly encrypt: (secret: string) => Promise<string> }
  | { readonly kind: "clear"; readonly show: (text: string) => Promise<string | undefined> }
  | { readonly kind: "impossible"; readonly reason: string };

/** To standard output; the code of the system's error when it could not be written. */
export async function deliver(context: Context, text: string): Promise<string | undefined> {
  if (context.deliver !== undefined) return context.deliver(text);
  context.stdout(text);
  return undefined;
}

/** Decided before anything is changed: a password that could then not be handed over would help nobody. */
export function chooseHandOver(context: Context, options: HandOverOptions & { readonly json: boolean }): HandOver {
  const { ageRecipient, pgpKey, print, json } = options;
  const given = [ageRecipient, pgpKey, print || undefined].filter((each) => each !== undefined);
  if ([ageRecipient, pgpKey].some((each) => each !== undefined && SECRET_KEY.test(each)))
    return impossible("this is a secret age key, to be kept; give the public one, which begins with age1");
  if (given.length > 1) return impossible("give one of --age-recipient, --pgp-key and --print");
  if (ageRecipient !== undefined)
    return { kind: "encrypted", how: "age", encrypt: (secret) => encryptWithAge(ageRecipient, secret) };
  if (pgpKey !== undefined)
    return { kind: "encrypted", how: "pgp", encrypt: (secret) => encryptWithPgp(context, pgpKey, secret) };
  if (json) return impossible("--json holds no password in the clear; give --age-recipient or --pgp-key");
  if (print) return { kind: "clear", show: (text) => deliver(context, text) };
  if (context.isTty) return { kind: "clear", show: async (text) => void context.stderr(text) };
  return impossible(
    "there is no terminal to show the password on; give --age-recipient or --pgp-key, or --print for standard output",
  );
}

function impossible(reason: string): HandOver {
  return { kind: "impossible", reason };
}
