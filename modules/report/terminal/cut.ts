type Cut = (text: string, width: number) => string;

const MARK = "…";
/** Names differ at the end, in the middle, or at the beginning. */
const CUTS: readonly Cut[] = [
  (text, width) => text.slice(0, width - 1) + MARK,
  (text, width) => {
    const head = Math.ceil((width - 1) / 2);
    return text.slice(0, head) + MARK + text.slice(text.length - (width - 1 - head));
  },
  (text, width) => MARK + text.slice(text.length - (width - 1)),
];

/** The texts with at most `width` characters, cut where they stay different from each other if there is such a place. */
export function cutAll(texts: readonly string[], width: number): readonly string[] {
  const cuts = CUTS.map((cut) => texts.map((text) => (text.length <= width ? text : cut(text, width))));
  return cuts.find((each) => new Set(each).size === new Set(texts).size) ?? cuts[0] ?? texts;
}

/** The least width, from `least` on, in which they all stay different. */
export function distinctWidth(texts: readonly string[], least: number): number {
  const longest = Math.max(least, ...texts.map((text) => text.length));
  const different = new Set(texts).size;
  let width = least;
  while (width < longest && new Set(cutAll(texts, width)).size < different) width++;
  return width;
}
