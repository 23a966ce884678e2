type Cut = (text: string, width: number) => string;

const MARK = "…";
const cutEnd: Cut = (text, width) => text.slice(0, width - 1) + MARK;
const cutMiddle: Cut = (text, width) => {
  const head = Math.ceil((width - 1) / 2);
  return text.slice(0, head) + MARK + text.slice(text.length - (width - 1 - head));
};
const cutBeginning: Cut = (text, width) => MARK + text.slice(text.length - (width - 1));

/** Accounts are distinguished by how they begin; people also by their domain. */
const ORDER: Readonly<Record<"end" | "middle", readonly Cut[]>> = {
  end: [cutEnd, cutMiddle, cutBeginning],
  middle: [cutMiddle, cutEnd, cutBeginning],
};

/** The texts with at most `width` characters, cut there, or elsewhere if only then they stay different from each other. */
export function cutAll(texts: readonly string[], width: number, where: keyof typeof ORDER = "end"): readonly string[] {
  const cuts = ORDER[where].map((cut) => texts.map((text) => (text.length <= width ? text : cut(text, width))));
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
