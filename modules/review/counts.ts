import { type AccessChange, type Direction, PLAN_DIFFERS } from "./access-change";
import { countOf } from "../words";

/** `3 changes: 2 give more access, 1 takes access away; 2 people gain`, or that access does not change. */
export function countsText(changes: readonly AccessChange[]): string {
  const of = (direction: Direction) => changes.filter((change) => change.direction === direction);
  const parts = [
    [of("unknown").length, "cannot be judged", "cannot be judged"],
    [of("widening").length, "gives more access", "give more access"],
    [of("narrowing").length, "takes access away", "take access away"],
  ] as const;
  const some = parts.filter(([count]) => count > 0).map(([count, one, more]) => `${count} ${count === 1 ? one : more}`);
  if (some.length === 0)
    return changes.some(({ kind }) => kind === PLAN_DIFFERS)
      ? "the plans do something other than the roster says, and its effect on access is not known"
      : "access does not change";
  const whom = [concerned(of("widening"), "gain"), concerned(of("narrowing"), "lose")].flatMap((text) => text ?? []);
  const all = countOf(changes.length, "change", "changes");
  return `${all}: ${some.join(", ")}${whom.length === 0 ? "" : `; ${whom.join(", ")}`}`;
}

function concerned(changes: readonly AccessChange[], verb: string): string | undefined {
  const count = new Set(changes.flatMap(({ person }) => person ?? [])).size;
  return count === 0 ? undefined : `${countOf(count, "person", "people")} ${count === 1 ? `${verb}s` : verb}`;
}
