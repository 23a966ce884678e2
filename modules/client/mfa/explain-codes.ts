import { decodeBase32, totp, TOTP_STEP_SECONDS } from "./totp";

/** How far off a device's clock is looked for, in steps of 30 seconds. */
const REACH = 40;

/**
 * Why AWS did not take two codes, as far as the seed and this machine's clock tell: AWS itself says nothing. `undefined` when
 * nothing is wrong with them.
 */
export function explainCodes(seed: string, first: string, second: string, nowMs: number): string | undefined {
  const bytes = decodeBase32(seed);
  if (bytes === undefined) return undefined;
  const codeAt = (step: number) => totp(bytes, Math.max(0, nowMs + step * TOTP_STEP_SECONDS * 1000));
  const stepOf = (code: string) => nearestFirst().find((step) => codeAt(step) === code);
  const [a, b] = [stepOf(first), stepOf(second)];
  if (a === undefined && b === undefined)
    return "neither code belongs to this device: did you scan this QR code, and read the right entry of your app?";
  if (a === undefined || b === undefined)
    return `the ${a === undefined ? "first" : "second"} code does not belong to this device: was it mistyped?`;
  if (b !== a + 1)
    return b === a ? "these are the same code" : "the codes are not consecutive: give one, and the one right after it";
  // Just typed, the second code is the current one, or the one before.
  const minutes = Math.round((Math.abs(b) * TOTP_STEP_SECONDS) / 60);
  return Math.abs(b) <= 3
    ? undefined
    : `the device's clock, or this machine's, is about ${minutes} minutes off: let both set their clocks over the network`;
}

/** 0, -1, 1, -2, 2 and so on. */
function nearestFirst(): readonly number[] {
  return Array.from({ length: 2 * REACH + 1 }, (_, i) => (i % 2 === 0 ? i / 2 : -(i + 1) / 2));
}
