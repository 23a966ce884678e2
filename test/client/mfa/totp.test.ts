import fc from "fast-check";
import { decodeBase32, type TotpHash, totp, untilNextCode } from "../../../modules/client/mfa/totp";
import { encodeBase32 } from "../../support/base32";

/** RFC 6238, appendix B: Unix seconds, then the eight digits with SHA-1, SHA-256 and SHA-512. */
const RFC_6238 = [
  [59, "94287082", "46119246", "90693936"],
  [1111111109, "07081804", "68084774", "25091201"],
  [1111111111, "14050471", "67062674", "99943326"],
  [1234567890, "89005924", "91819424", "93441116"],
  [2000000000, "69279037", "90698825", "38618901"],
  [20000000000, "65353130", "77737706", "47863826"],
] as const;

/** The appendix's seeds are these digits repeated to the hash's own length (its errata 2866). */
const SEED_BYTES: Readonly<Record<TotpHash, number>> = { sha1: 20, sha256: 32, sha512: 64 };
const seedOf = (hash: TotpHash) => Buffer.from("1234567890".repeat(7).slice(0, SEED_BYTES[hash]));

test.each(RFC_6238)("RFC 6238 at %i seconds", (seconds, ...expected) => {
  const hashes = ["sha1", "sha256", "sha512"] as const;
  expect(hashes.map((hash) => totp(seedOf(hash), seconds * 1000, { hash, digits: 8 }))).toEqual(expected);
});

test("without options: six digits, SHA-1, 30 seconds", () => {
  expect(totp(seedOf("sha1"), 59_999)).toBe("287082");
  expect(totp(seedOf("sha1"), 60_000)).not.toBe("287082");
  expect([untilNextCode(59_999), untilNextCode(60_000), untilNextCode(60_001)]).toEqual([1, 30_000, 29_999]);
});

/** RFC 4648, section 10. */
const RFC_4648 = [
  ["f", "MY======"],
  ["fo", "MZXQ===="],
  ["foo", "MZXW6==="],
  ["foob", "MZXW6YQ="],
  ["fooba", "MZXW6YTB"],
  ["foobar", "MZXW6YTBOI======"],
] as const;

test.each(RFC_4648)("RFC 4648: %s", (text, base32) => {
  expect(encodeBase32(Buffer.from(text))).toBe(base32.replace(/=+$/, ""));
  expect(Buffer.from(decodeBase32(base32) ?? []).toString()).toBe(text);
});

test("what is written is read again, however people type it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), fc.constantFrom(" ", "-", "\n"), (bytes, between) => {
      const typed = (encodeBase32(bytes).match(/.{1,4}/g) ?? []).join(between).toLowerCase();
      expect(Buffer.from(decodeBase32(typed) ?? [])).toEqual(Buffer.from(bytes));
    }),
  );
});

test.each(["", "  ", "====", "A", "AAA", "MZXW6YTBO", "M0XW", "M1XW", "MZXW6É", "MZ=XW", "🤷"])(
  "no seed: %j",
  (text) => {
    expect(decodeBase32(text)).toBeUndefined();
  },
);
