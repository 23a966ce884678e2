/** What an authenticator app shows in addition to its codes. */
export interface Label {
  /** Organization of the roster, or its substitute. */
  readonly issuer: string;
  readonly user: string;
  readonly accountId: string;
}

/**
 * The text of the QR code. The label tells accounts apart, as AWS's own codes do (`user@account`). Digits, period and hash are
 * the defaults of every app and of AWS, and stay out: the code gets smaller.
 * Source: "Key URI Format" of Google Authenticator.
 */
export function otpauthUri({ issuer, user, accountId }: Label, seed: string): string {
  // A colon parts issuer and account, so neither may hold one.
  const plain = (text: string) => encodeURIComponent(text.replaceAll(":", " ")).replaceAll("%40", "@");
  return `otpauth://totp/${plain(issuer)}:${plain(`${user}@${accountId}`)}?secret=${seed}&issuer=${plain(issuer)}`;
}

/** Groups of four, as people type it. */
export function seedForTyping(seed: string): string {
  return (seed.match(/.{1,4}/g) ?? []).join(" ");
}

/** RFC 4648 Base32 without padding; AWS gives 64 of these. */
export function isSeed(text: string): boolean {
  return /^[A-Z2-7]{16,256}$/.test(text);
}
