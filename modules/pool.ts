/** Does something for every item, at most `limit` of them at the same time; results are in the order of the items. */
export async function mapPool<T, R>(
  items: readonly T[],
  limit: number,
  each: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  // One iterator for all lanes: each takes the next item as soon as it is done with one.
  const rest = items.entries();
  const lane = async () => {
    for (const [at, item] of rest) results.set(at, await each(item));
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, limit), items.length) }, lane));
  return items.map((_item, at) => results.get(at) as R);
}
