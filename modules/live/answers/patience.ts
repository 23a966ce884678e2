/** How long calls of one client may take. Milliseconds; all are bounds, since the SDK has none. */
export interface Patience {
  /** To be connected. */
  readonly connect: number;
  /** One attempt, from the connection to the last byte. */
  readonly attempt: number;
  /** One call with all its attempts and the pauses between. */
  readonly call: number;
  /** All calls of one client: no account is read longer than this. */
  readonly client: number;
  /** Most attempts of one call. */
  readonly attempts: number;
  /** Before the second attempt; each pause is twice the one before. */
  readonly pause: number;
  /** The same after AWS asked to slow down. */
  readonly slowDown: number;
}

/** IAM answers within a second, or two under load. An account of 5,000 users takes some minutes to read. */
export const USUAL: Patience = {
  connect: 5_000,
  attempt: 15_000,
  call: 45_000,
  client: 15 * 60_000,
  attempts: 6,
  pause: 200,
  slowDown: 1_000,
};

/** Time as a call needs it. */
export interface Timer {
  /** Milliseconds of a clock that is never set. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Rings once; what it gives back takes it away. */
  readonly alarm: (milliseconds: number, ring: () => void) => () => void;
}

export const REAL_TIME: Timer = {
  now: () => performance.now(),
  wait: (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)),
  alarm: (milliseconds, ring) => {
    const timer = setTimeout(ring, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** The pause before the next attempt. What AWS asks for in `Retry-After` counts, as far as there is time. */
export function pauseBefore(next: number, isSlowDown: boolean, patience: Patience, asked: number): number {
  const first = isSlowDown ? patience.slowDown : patience.pause;
  return Math.max(first * 2 ** (next - 2), asked);
}
