import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HOME } from "../support/run-command";

/** One page for people. Decision notes are not among them. */
export interface Page {
  /** From the project's folder, such as `docs/start.md`. */
  readonly name: string;
  readonly lines: readonly string[];
}

/** A fenced block: its language and its lines, without the indentation of the list it stands in. */
export interface Block {
  readonly page: string;
  readonly language: string;
  /** Line of the page, from 1, of the block's first line. */
  readonly line: number;
  readonly lines: readonly string[];
}

export const PAGES: readonly Page[] = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...readdirSync(join(HOME, "docs"))
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => `docs/${name}`),
].map((name) => ({ name, lines: readFileSync(join(HOME, name), "utf8").trimEnd().split("\n") }));

export const BLOCKS: readonly Block[] = PAGES.flatMap(blocksOf);

/** The page's lines outside of fenced blocks; those inside are empty, so that line numbers stay. */
export function proseOf({ lines }: Page): readonly string[] {
  let inside = false;
  return lines.map((line) => {
    const fence = line.trimStart().startsWith("```");
    if (fence) inside = !inside;
    return fence || inside ? "" : line;
  });
}

function blocksOf({ name, lines }: Page): readonly Block[] {
  const blocks: Block[] = [];
  for (let start = 0; start < lines.length; start++) {
    const [, indent, language] = /^( *)```(\w*)$/.exec(lines[start] ?? "") ?? [];
    if (indent === undefined) continue;
    const end = lines.findIndex((line, index) => index > start && line.trim() === "```");
    if (end < 0) throw new Error(`${name}:${start + 1}: the block does not end`);
    const inside = lines.slice(start + 1, end).map((line) => line.slice(indent.length));
    blocks.push({ page: name, language: language ?? "", line: start + 2, lines: inside });
    start = end;
  }
  return blocks;
}
