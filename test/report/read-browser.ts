import type { Page } from "playwright-core";

/** A report as it is on the screen: what can be seen, and what is wrong with how it looks. */
export interface SeenReport {
  /** `person 10`, `own grants, 2 with an end 3`. */
  readonly figures: readonly string[];
  readonly accounts: readonly string[];
  /** Tier by letter. */
  readonly legend: Readonly<Record<string, string>>;
  readonly teams: readonly SeenTeam[];
  /** Holders by tier, one for each account. */
  readonly totals: Readonly<Record<string, readonly number[]>>;
  /** Letters nobody can read, and shades that are not those of the legend. */
  readonly wrong: readonly string[];
}

export interface SeenTeam {
  /** Each account's tally, strongest first: `3A 12O`. */
  readonly tallies: readonly string[];
  readonly rows: readonly SeenRow[];
}

export interface SeenRow {
  /** Among all people by name, from 0. */
  readonly index: number;
  /** `O+`, with ` dot` or ` ring` where there is one; empty without access. */
  readonly cells: readonly string[];
  readonly sum: string;
}

/** Reads it by computed styles: a letter counts when it has a size, is opaque, and stands out from its ground by 4.5 : 1. */
export function seenReport(page: Page): Promise<SeenReport> {
  return page.evaluate(`(${READER})()`);
}

/** Runs in the page. */
const READER = String.raw`() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const wrong = [];
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = numbers(colour).map((part) => part / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const isClear = (colour) => colour === "transparent" || numbers(colour)[3] === 0;
  const groundOf = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    return isClear(backgroundColor) ? groundOf(element.parentElement) : backgroundColor;
  };
  const canBeRead = (element) => {
    const style = getComputedStyle(element);
    const range = document.createRange();
    range.selectNodeContents(element);
    const { width, height } = range.getBoundingClientRect();
    const [low, high] = [luminance(style.color), luminance(groundOf(element))].sort((a, b) => a - b);
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && width > 2 && height > 4
      && parseFloat(style.fontSize) >= 8 && !isClear(style.color) && (high + 0.05) / (low + 0.05) >= 4.5;
  };
  const read = (mark) => {
    for (const part of [mark, ...all("span, sup", mark)]) if (!canBeRead(part)) wrong.push("cannot be read: " + mark.outerHTML);
    return mark.innerText.replace(/\s/g, "");
  };
  const chips = all(".legend li").slice(0, all("#tier option").length - 1);
  const legend = Object.fromEntries(chips.map((chip) => [read(chip.firstElementChild), chip.lastChild.textContent.trim()]));
  const shades = Object.fromEntries(chips.map((chip) => [chip.firstElementChild.innerText, groundOf(chip.firstElementChild)]));
  const strengths = [...new Set(Object.values(shades))].map(luminance);
  if (strengths.some((value, index) => value <= strengths[index - 1])) wrong.push("a weaker tier is darker");
  for (const [letter, tier] of Object.entries(legend)) {
    const same = Object.keys(legend).filter((other) => shades[other] === shades[letter]).map((other) => legend[other]);
    if (["administrator", "operator", "spectator"].includes(tier) && same.length > 1) wrong.push("one shade for " + same);
  }
  const ringOf = (mark) => {
    const { content, backgroundColor, borderTopColor, width } = getComputedStyle(mark, "::after");
    if (content === "none") return "";
    if (parseFloat(width) < 4 || isClear(borderTopColor)) wrong.push("an own grant cannot be seen: " + mark.outerHTML);
    return isClear(backgroundColor) ? " ring" : " dot";
  };
  const cellText = (cell) => {
    const mark = cell.querySelector("b");
    if (mark === null) return "";
    const text = read(mark);
    if (groundOf(mark) !== shades[text.replace(/\+$/, "")]) wrong.push("another shade than the legend's: " + mark.outerHTML);
    return text + ringOf(mark);
  };
  const teams = all("#matrix tbody").map((body) => ({
    tallies: [...body.rows[0].cells].slice(1, -1).map((cell) => all("b", cell).map((mark) => {
      const text = read(mark);
      if (groundOf(mark) !== shades[text.replace(/^\d+/, "")]) wrong.push("another shade than the legend's: " + mark.outerHTML);
      return text;
    }).join(" ")),
    rows: [...body.rows].slice(1).map((row) => ({
      index: Number(row.querySelector("a").hash.slice(2)),
      cells: [...row.cells].slice(1, -1).map(cellText),
      sum: row.cells[row.cells.length - 1].innerText.trim(),
    })),
  }));
  return {
    figures: all(".counts div").map((each) => each.querySelector("dt").innerText + " " + each.querySelector("dd").innerText),
    accounts: all("thead [title]").map((head) => head.innerText.trim()),
    legend,
    teams,
    totals: Object.fromEntries(all("tfoot tr").map((row) => [row.cells[0].lastChild.textContent.trim(), [...row.cells].slice(1, -1).map((cell) => parseInt(cell.innerText, 10))])),
    wrong,
  };
}`;
