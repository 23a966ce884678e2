import type { More, SomeActions } from "./changes/roster";
import type { Beyond } from "./effective/role-powers";
import { SHOWN_ACTIONS } from "./sentences/lists";

/** What a tier allows besides `than`: how many actions, and those that a sentence has room for. */
export function moreOf({ can, perhaps }: Beyond, than: readonly string[]): More {
  return { can: some(can), perhaps: some(perhaps), than };
}

/** Of thousands of actions that thousands of people gain, each change keeps a few. */
function some(actions: readonly string[]): SomeActions {
  return { count: actions.length, first: actions.slice(0, SHOWN_ACTIONS) };
}
