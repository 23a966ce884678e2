/** Does something for every item, some at a time, in the order of the items; the next begins as soon as one is done. */
export async function mapFew<T, R>(
  items: readonly T[],
  atOnce: number,
  each: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const rest = items.entries();
  const lane = async () => {
    for (const [at, item] of rest) results.set(at, await each(item));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  return items.map((_item, at) => results.get(at) as R);
}
