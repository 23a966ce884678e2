/** A value, or why it cannot be known: one line, lower case, what to do. */
export type Known<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly reason: string };

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

export function unknown(reason: string): { readonly known: false; readonly reason: string } {
  return { known: false, reason };
}
