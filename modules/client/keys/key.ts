/** An access key as IAM lists it; the secret is shown once, at its creation. */
export interface AccessKey {
  readonly id: string;
  readonly active: boolean;
  /** ISO 8601 UTC. */
  readonly created: string;
  /** Absent when it was never used, as far as AWS tells; AWS may be hours behind. */
  readonly lastUsed?: LastUse;
}

export interface LastUse {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Prefix of the service, such as `sts`. */
  readonly service: string;
}

/** A pair that signs requests. */
export interface KeyPair {
  readonly id: string;
  readonly secret: string;
}

const DAY = 24 * 3600 * 1000;

/** Whole days between an instant and `now`. */
export function daysSince(instant: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(instant)) / DAY));
}

/** `never used`, or when and for what. */
export function useText({ lastUsed }: AccessKey): string {
  return lastUsed === undefined ? "never used" : `last used ${lastUsed.at.slice(0, 10)} for ${lastUsed.service}`;
}
