import type { Project } from "./judge-files";

/** What is at a path. */
export interface TreeEntry {
  readonly path: string;
  readonly kind: "file" | "executable" | "link" | "module" | "folder" | "other";
  /** Names the content: equal ids have equal bytes. */
  readonly id: string;
}

/** One side's files, each folder listed when something asks for it. */
export interface Tree {
  /** What is at a path, whatever case it is written in. */
  find(path: string): Promise<TreeEntry | undefined>;
  list(folder: string): Promise<readonly TreeEntry[]>;
  /** Text of a file, or where a link leads; undefined when it cannot be read. */
  read(entry: TreeEntry): Promise<string | undefined>;
}

/** A pattern of paths below the top: `*` within a folder, `**` through folders. */
export interface PathPattern {
  readonly glob: string;
  /** In this case only. */
  readonly exact?: true;
}

/** What to look for, and where. */
export interface Search {
  /** Any of these words, or what fits the extended regular expression. */
  readonly text: { readonly words: readonly string[]; readonly anyCase?: true } | { readonly expression: string };
  /** Everything below these, the empty one is the top, and what fits one of the patterns. */
  readonly folders: readonly string[];
  readonly patterns?: readonly PathPattern[];
  readonly except: readonly PathPattern[];
  /** What a hit gives: the whole line, or what fits. */
  readonly give: "line" | "match";
}

/** Path and text. */
export type Hit = readonly [path: string, text: string];

/** One side of a change, as the review reads it: a commit, or the working tree as it is there. */
export interface CodeSide {
  readonly tree: Tree;
  /** Undefined when it cannot be searched. */
  search(search: Search): Promise<readonly Hit[] | undefined>;
  /** Paths of the symbolic links below a folder; undefined when it is not known. */
  links(folder: string): Promise<readonly string[] | undefined>;
}

/** A side, and where the project is in it. */
export interface NamedSide extends CodeSide {
  readonly project: Project;
  /** Whether there is anything in the repository besides the project. */
  readonly whole: boolean;
}

/** A folder's name in a pattern. */
export function escapeGlob(path: string): string {
  return path.replace(/[*?[\\]/g, "\\$&");
}
