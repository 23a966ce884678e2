import { compareText } from "../text";
import { type AccessChange, verdictOf } from "./access-change";

/** The review for a terminal: counts first, widening first, grouped by account. One line when access does not change. */
export function renderReview(changes: readonly AccessChange[]): string {
  if (verdictOf(changes) === "none" && changes.length === 0) return "access does not change\n";
  const lines = [headline(changes)];
  for (const [direction, title] of TITLES) {
    const own = changes.filter((change) => change.direction === direction);
    if (own.length === 0) continue;
    lines.push("", title);
    for (const account of accountsOf(own)) {
      lines.push(`  ${account === "" ? "all accounts" : account}`);
      for (const change of own.filter((each) => (each.account ?? "") === account))
        lines.push(`    ${change.sentence}${where(change)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

const TITLES: readonly (readonly [AccessChange["direction"], string])[] = [
  ["unknown", "cannot be judged, so it counts as more access"],
  ["widening", "more access"],
  ["narrowing", "less access"],
  ["neutral", "no difference in access"],
];

function headline(changes: readonly AccessChange[]): string {
  const count = (direction: AccessChange["direction"]) =>
    changes.filter((change) => change.direction === direction).length;
  const parts = [
    [count("unknown"), "cannot be judged"],
    [count("widening"), "give more access"],
    [count("narrowing"), "take access away"],
  ] as const;
  const some = parts.filter(([number]) => number > 0).map(([number, text]) => `${number} ${text}`);
  return some.length === 0 ? "access does not change" : `${changes.length} changes: ${some.join(", ")}`;
}

function accountsOf(changes: readonly AccessChange[]): readonly string[] {
  return [...new Set(changes.map(({ account = "" }) => account))].sort(compareText);
}

function where({ place }: AccessChange): string {
  return place === undefined ? "" : `  (${place.file}:${place.line})`;
}
