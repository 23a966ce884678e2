import { baseName } from "./file-names";
import type { Project } from "./judge-files";
import type { OpenFile } from "./named";
import type { CodeSide, PathPattern } from "./side";

interface Asked {
  readonly project: Project;
  readonly open: readonly OpenFile[];
  readonly sides: readonly CodeSide[];
}

/** Prose of the project that its code names, on either side, with the file that does: code may run it, or go by it. */
export async function proseNames({ project, open, sides }: Asked): Promise<ReadonlyMap<string, string> | undefined> {
  const folders = [project.folder, ...(project.own === undefined ? [] : [project.own])];
  const prose = open.filter(({ path, is }) => is === "prose" && folders.some((folder) => path.startsWith(folder)));
  const found = new Map<string, string>();
  if (prose.length === 0) return found;
  const words = [...new Set(prose.map(({ path }) => baseName(path)))];
  for (const side of sides) {
    const hits = await side.search({ text: { words, anyCase: true }, folders, except: SKIPPED, give: "line" });
    if (hits === undefined) return undefined;
    for (const [from, line] of hits.filter(([, text]) => !COMMENT.test(text)))
      for (const { path, output } of prose) {
        // A test that makes such a file for itself, in a folder of its own, names it as a user would.
        if (output && TEST.test(from)) continue;
        const counts = output && MODULE.test(from) ? isWholeString : () => true;
        if (!found.has(path) && isNamed(line, baseName(path), counts)) found.set(path, from);
      }
  }
  return found;
}

/** A line that is a comment in most languages; the first line of a script is none. */
const COMMENT = /^\s*(#(?!!)|\/\/|\*|\/\*|<!--)/;
const SKIPPED: readonly PathPattern[] = [
  ...["md", "markdown", "adoc", "asciidoc", "rst"].map((extension) => ({ glob: `**/*.${extension}` })),
  // These say which files they mean, and do not read them.
  ...[".*ignore", "CODEOWNERS", ".gitattributes", ".editorconfig", "package-lock.json"].map((name) => ({
    glob: `**/${name}`,
  })),
  ...["node_modules", ".rolecall", "cdktf.out", "coverage"].map((name): PathPattern => {
    return { glob: `**/${name}/**`, exact: true };
  }),
];

const TEST = /\.test\.[cm]?[jt]sx?$/;
const MODULE = /\.[cm]?[jt]sx?$/;

/** The path is all that a string holds, as where it is read, and not a word of a sentence or of a command line that writes it. */
function isWholeString(before: string): boolean {
  return !/\s[^\s"'`]*$/.test(before);
}

/** The whole name, and not the end of a longer one. */
function isNamed(line: string, name: string, counts: (before: string) => boolean): boolean {
  const text = line.toLowerCase();
  const wanted = name.toLowerCase();
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1))
    if (
      !/[\p{L}\p{N}_-]/u.test(text[at - 1] ?? "") &&
      !/[\p{L}\p{N}_]/u.test(text[at + wanted.length] ?? "") &&
      counts(text.slice(0, at))
    )
      return true;
  return false;
}
