import type { AccessChange } from "../access-change";

/** Equal for changes that say the same of the same account and person, wherever in the roster they stand. */
export function changeKeyOf({ account, person, direction, sentence, actions = [] }: AccessChange): string {
  return JSON.stringify([account ?? "", person ?? "", direction, sentence, actions]);
}
