import type { AccessChange } from "./access-change";
import { changeSentence } from "./sentences/sentence";

/** A change as `--json` gives it: all its values, and its sentence for those who show it. */
export function changeForMachines(change: AccessChange): object {
  const { place, ...values } = change;
  const inner = "change" in values ? { change: changeForMachines(values.change) } : {};
  return { ...values, ...inner, sentence: changeSentence(change), place };
}
