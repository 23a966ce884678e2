/** Kleene's three truth values. Their order makes "and" the smaller and "or" the larger of two. */
export type Truth = 0 | 1 | 2;

export const NO = 0;
export const UNKNOWN = 1;
export const YES = 2;

export function not(truth: Truth): Truth {
  if (truth === UNKNOWN) return UNKNOWN;
  return truth === YES ? NO : YES;
}

export function and(a: Truth, b: Truth): Truth {
  return a < b ? a : b;
}

export function or(a: Truth, b: Truth): Truth {
  return a > b ? a : b;
}

export function truthOf(holds: boolean): Truth {
  return holds ? YES : NO;
}

/** Yes as soon as one is, no only when all are. */
export function some<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let found: Truth = NO;
  for (const item of items) {
    found = or(found, test(item));
    if (found === YES) return YES;
  }
  return found;
}

/** No as soon as one is, yes only when all are. */
export function every<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let held: Truth = YES;
  for (const item of items) {
    held = and(held, test(item));
    if (held === NO) return NO;
  }
  return held;
}
