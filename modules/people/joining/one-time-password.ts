import type { PasswordPolicy } from "../../access/plan";

/** A whole number from 0 up to, and without, `limit`, each equally likely and unpredictable. */
export type RandomBelow = (limit: number) => number;

/** Without 0 O 1 l I, which people mix up; symbols that IAM counts as such and that a double click selects with the rest. */
const CLASSES = ["abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-_=+!%@"] as const;
const ALPHABET = CLASSES.join("");
const CHARS = 24;

/**
 * A password of 24 characters, or as many as the policy asks for, with all four of IAM's classes: more than 140 bits, each
 * permitted password equally likely. The symbols are among those IAM counts. Source: IAM API Reference,
 * UpdateAccountPasswordPolicy (read 2026-11).
 */
export function oneTimePassword({ minimumLength }: PasswordPolicy, random: RandomBelow): string {
  const length = Math.max(CHARS, minimumLength);
  for (;;) {
    const password = Array.from({ length }, () => ALPHABET.charAt(random(ALPHABET.length))).join("");
    if (CLASSES.every((characters) => [...characters].some((each) => password.includes(each)))) return password;
  }
}
