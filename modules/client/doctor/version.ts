export type Version = readonly [number, number, number];

/** The first `1.2.3` in a text. */
export function versionIn(text: string): Version | undefined {
  const [, major, minor, patch] = /(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

export function isOlder(a: Version, b: Version): boolean {
  const place = [0, 1, 2].find((i) => a[i] !== b[i]);
  return place !== undefined && (a[place] ?? 0) < (b[place] ?? 0);
}
