import { createHmac } from "node:crypto";

export type TotpHash = "sha1" | "sha256" | "sha512";

export interface TotpOptions {
  /** @default "sha1", the one that AWS's virtual devices use */
  readonly hash?: TotpHash;
  /** @default 6 */
  readonly digits?: number;
  /** @default 30 */
  readonly stepSeconds?: number;
}

/** Seconds a code of AWS's virtual devices lives, and within which no second one comes. */
export const TOTP_STEP_SECONDS = 30;

/** The code at `now` (Unix time in milliseconds). Source: RFC 6238, section 4.2; truncation: RFC 4226, section 5.3. */
export function totp(seed: Uint8Array, nowMs: number, options: TotpOptions = {}): string {
  const { hash = "sha1", digits = 6, stepSeconds = TOTP_STEP_SECONDS } = options;
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(nowMs / 1000 / stepSeconds)));
  const mac = createHmac(hash, seed).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/** Milliseconds from `now` until the next code. */
export function untilNextCode(nowMs: number, stepSeconds = TOTP_STEP_SECONDS): number {
  const step = stepSeconds * 1000;
  return step - (nowMs % step);
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * Bytes of a Base32 text (RFC 4648, section 6), in either case, with or without padding, and with the blanks and dashes that
 * people type; `undefined` when it holds anything else, nothing, or a length that no bytes give.
 */
export function decodeBase32(text: string): Uint8Array | undefined {
  const letters = text.replace(/[\s-]/g, "").replace(/=+$/, "").toUpperCase();
  if (letters === "" || [1, 3, 6].includes(letters.length % 8)) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return undefined;
    bits = ((bits << 5) | value) & 0xfff;
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}
