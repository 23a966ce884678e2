import { Refusal } from "./refusal";

/** A value, or why it cannot be known: one line, lower case, what to do. */
export type Known<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly reason: string };

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

export function unknown(reason: string): { readonly known: false; readonly reason: string } {
  return { known: false, reason };
}

/** The value; its reason becomes a `Refusal` where it cannot be known. */
export function expectKnown<T>(value: Known<T>): T {
  if (value.known) return value.value;
  throw new Refusal(value.reason);
}
