/* How much of the table's box its head and foot may take, and where what has the focus may be in it. */

/** Rows between head and foot below which the foot scrolls with the rest: it has a line for each tier. */
const LEAST_ROWS = 5;

/** Keeps the box fitting while the window, the zoom or the table change. */
export function watchFit(box) {
  adjust(box);
  const observer = new ResizeObserver(() => adjust(box));
  for (const part of [box, box.querySelector("thead"), box.querySelector("tfoot")]) observer.observe(part);
}

/** Heights do not depend on what stays in sight, so one look is enough. */
function adjust(box) {
  const [head, foot] = ["thead", "tfoot"].map((part) => box.querySelector(part));
  const [above, below] = [head, foot].map((part) => part.getBoundingClientRect().height);
  const row = Number.parseFloat(getComputedStyle(box).fontSize) * 2;
  const room = box.clientHeight - LEAST_ROWS * row;
  box.classList.toggle("free-foot", above + below > room);
  // What gets the focus must not stand behind what stays in sight; the style sheet may have more reasons to let it go.
  const [top, bottom] = [head, foot].map((part) => (getComputedStyle(part).position === "sticky" ? part : undefined));
  box.style.scrollPaddingBlock = `${top ? Math.ceil(above) : 0}px ${bottom ? Math.ceil(below) : 0}px`;
}
