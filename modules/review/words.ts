/** `45 min`, `1 h`, `12 h`: as the roster writes durations. */
export function duration(seconds: number): string {
  return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${seconds / 60} min`;
}

/** `2027-01-15` for its first moment, else the whole instant. */
export function day(instant: string): string {
  return instant.replace("T00:00:00Z", "");
}

/** `1 person`, `3 people`. */
export function people(count: number): string {
  return count === 1 ? "1 person" : `${count} people`;
}
