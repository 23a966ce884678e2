import type { AccessChange } from "../../modules/review/access-change";
import { changeSentence } from "../../modules/review/sentences/sentence";

/** `widening: "ann" gains operator in testing`. */
export function lineOf(change: AccessChange): string {
  return `${change.direction}: ${changeSentence(change)}`;
}
