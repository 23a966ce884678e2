/* What is above the table and can do without: shut where the style sheet shows a summary for it, on a small screen. */

let small;

/** Again and again: only a screen that becomes small shuts, and one that becomes large opens. `needed`: filters that are set. */
export function fitFolds(needed) {
  const folds = [...document.querySelectorAll(".fold")];
  const now = getComputedStyle(folds[0].querySelector("summary")).display !== "none";
  if (now === small) return;
  small = now;
  for (const fold of folds) fold.open = !now || (needed && fold.querySelector("select") !== null);
}

/** Paper has no summary to press. */
export function openFolds() {
  for (const fold of document.querySelectorAll(".fold")) fold.open = true;
}
