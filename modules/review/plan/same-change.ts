import type { AccessChange } from "../access-change";

/** True when both say the same of the same account and person, wherever in the roster it stands. */
export function same(one: AccessChange, other: AccessChange): boolean {
  return keyOf(one) === keyOf(other);
}

export function keyOf({ account, person, direction, sentence }: AccessChange): string {
  return JSON.stringify([account ?? "", person ?? "", direction, sentence]);
}
