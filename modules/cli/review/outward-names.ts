import type { Context } from "../../machine/context";
import { printed } from "./printed";
import { baseName, folderOf, resolvePath } from "../../review/documents/code/file-names";
import type { Project } from "../../review/documents/code/judge-files";
import { searchFiles } from "./git-search";
import type { NamedSide } from "./named";

const UP = ["-E", "-e", `\\.\\.(/[^]["'\`[:space:],;:)(}{<>|&]*)?`];
const ENDS = ["", ".ts", ".js", ".mjs", ".cjs", ".tsx", ".json", "/index.ts", "/index.js"];

export interface Outward {
  readonly paths: ReadonlyMap<string, string>;
  readonly beginnings: ReadonlyMap<string, string>;
  /** Files of the project that work in a folder above it: what they name may lie there. */
  readonly above: ReadonlySet<string>;
}

/** What the project's files name outside of its folder, by paths that lead up or by links; undefined when git cannot tell. */
export async function outwardNames(context: Context, side: NamedSide): Promise<Outward | undefined> {
  const { project, commit } = side;
  const folders = [project.folder, ...(project.own === undefined ? [] : [project.own])].filter(
    (folder) => folder !== "",
  );
  const found = {
    paths: new Map<string, string>(),
    beginnings: new Map<string, string>(),
    above: new Set<string>(),
  };
  for (const folder of folders) {
    const paths = [
      `:(top,literal)${folder}`,
      ...SKIPPED.map((glob) => `:(top,glob,icase,exclude)${escapeGlob(folder)}${glob}`),
    ];
    const hits = await searchFiles(context, UP, { commit, paths }, "match");
    const links = await linksIn(context, side, folder);
    if (hits === undefined || links === undefined) return undefined;
    for (const [from, text] of hits) await reach({ from, text, folder, side, found });
    for (const { from, target } of links) await reach({ from, text: target, folder, side, found });
  }
  return found;
}

/** Prose, and what is installed or made there. */
const SKIPPED = ["**/*.md", "node_modules/**", ".rolecall/**", "cdktf.out/**", "coverage/**", "**/package-lock.json"];

interface Reach {
  readonly from: string;
  readonly text: string;
  readonly folder: string;
  readonly side: NamedSide;
  readonly found: {
    readonly paths: Map<string, string>;
    readonly beginnings: Map<string, string>;
    readonly above: Set<string>;
  };
}

async function reach({ from, text, folder, side: { tree, project }, found }: Reach): Promise<void> {
  // From where the file lies, and from where the project's commands run.
  for (const base of new Set([folderOf(from), folder]))
    for (const end of ENDS) {
      const path = resolvePath(base, `${text}${end}`);
      if (path === undefined || isInside(`${path}/`, project)) continue;
      if (project.folder.startsWith(`${path}/`) || path === "") {
        if (base === folderOf(from)) found.above.add(from);
        continue;
      }
      found.paths.set(path, from);
      if ((await tree.find(path))?.kind === "folder") found.beginnings.set(`${path}/`, from);
    }
}

function isInside(path: string, { folder, own }: Project): boolean {
  return path.startsWith(folder) || (own !== undefined && path.startsWith(own));
}

interface Link {
  readonly from: string;
  readonly target: string;
}

async function linksIn(
  context: Context,
  { commit, tree }: NamedSide,
  folder: string,
): Promise<readonly Link[] | undefined> {
  const listed =
    commit === undefined
      ? await printed(context, ["ls-files", "-z", "--stage", "--full-name", "--", `:(top,literal)${folder}`])
      : await printed(context, ["ls-tree", "-r", "-z", "--full-tree", commit, "--", folder]);
  if (listed === undefined) return undefined;
  const paths = listed
    .toString()
    .split("\0")
    .filter((line) => line.startsWith("120000 "));
  const links = paths.map(async (line): Promise<Link> => {
    const from = line.slice(line.indexOf("\t") + 1);
    const entry = await tree.find(from);
    return { from, target: entry?.kind === "link" ? ((await tree.read(entry)) ?? "") : baseName(from) };
  });
  return Promise.all(links);
}

function escapeGlob(path: string): string {
  return path.replace(/[*?[\\]/g, "\\$&");
}
