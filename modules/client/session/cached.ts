import type { Granted, TemporaryKeys } from "./ports";
import { isRecord } from "../../text";

/** Temporary keys as they are kept. Times are this machine's, in Unix milliseconds. */
export interface Kept {
  readonly keys: TemporaryKeys;
  readonly startedAt: number;
  readonly endsAt: number;
  /** Of a session: digest of the code that opened it, which AWS takes no second time. */
  readonly usedCode?: string;
}

/** How far the clock may be set back before what was kept counts as unknown: its age is then unknown. */
const CLOCK_SLACK_MS = 60_000;
/** The longest session AWS gives. Source: AWS STS API Reference, "GetSessionToken". */
const LONGEST_MS = 36 * 3600_000;

export function keep({ keys, livesMs }: Granted, startedAt: number, usedCode?: string): Kept {
  return { keys, startedAt, endsAt: startedAt + livesMs, ...(usedCode === undefined ? {} : { usedCode }) };
}

/** What a file held, when it is whole, makes sense and is still valid; else `undefined`. */
export function readKept(value: unknown, nowMs: number): Kept | undefined {
  if (!isRecord(value)) return undefined;
  const { keys, startedAt, endsAt, usedCode } = value;
  if (!isKeys(keys) || !isTime(startedAt) || !isTime(endsAt)) return undefined;
  if (usedCode !== undefined && typeof usedCode !== "string") return undefined;
  const possible = startedAt <= nowMs + CLOCK_SLACK_MS && endsAt - startedAt <= LONGEST_MS + CLOCK_SLACK_MS;
  if (!possible || nowMs >= endsAt) return undefined;
  return { keys, startedAt, endsAt, ...(usedCode === undefined ? {} : { usedCode }) };
}

/** What AWS answered, when it can be credentials: short printable ASCII and an end within what AWS gives. */
export function isGranted({ keys, livesMs }: Granted): boolean {
  return isKeys(keys) && livesMs > 0 && livesMs <= LONGEST_MS + CLOCK_SLACK_MS;
}

function isKeys(value: unknown): value is TemporaryKeys {
  if (!isRecord(value)) return false;
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = value;
  return (
    isToken(accessKeyId, 128) &&
    isToken(secretAccessKey, 256) &&
    isToken(sessionToken, 16_384) &&
    isToken(expiration, 40) &&
    !Number.isNaN(Date.parse(expiration))
  );
}

/** Without blanks, quotes and control characters: it goes into environments and shells. */
function isToken(value: unknown, most: number): value is string {
  return typeof value === "string" && value.length <= most && /^[\w+/=.:,~%@-]+$/.test(value);
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
