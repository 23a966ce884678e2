/** `22,000`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 person`, `2,000 people`. */
export function countOf(value: number, one: string, several: string): string {
  return `${count(value)} ${value === 1 ? one : several}`;
}

/** `12 h`, `90 min`, as the roster writes durations; a part of a minute is left out. */
export function duration(seconds: number): string {
  return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${Math.floor(seconds / 60)} min`;
}

/** `2027-01-15` for an instant at 00:00 UTC, else `2027-01-15 18:00 UTC`, with seconds where there are some. */
export function day(instant: string): string {
  return instant.replace("T00:00:00Z", "").replace(/^(.{10})T(..:..)(?::00)?(.*)Z$/, "$1 $2$3 UTC");
}

/** `3 s`, `12 min`; for how long something took or may take. */
export function seconds(value: number): string {
  return value < 120 ? `${Math.max(1, Math.round(value))} s` : `${Math.round(value / 60)} min`;
}
