import { baseName, folderOf, resolvePath } from "./file-names";
import type { Project } from "./judge-files";
import { escapeGlob, type NamedSide } from "./side";

const UP = `\\.\\.(/[^]["'\`[:space:],;:)(}{<>|&]*)?`;
const ENDS = ["", ".ts", ".js", ".mjs", ".cjs", ".tsx", ".json", "/index.ts", "/index.js"];

export interface Outward {
  readonly paths: ReadonlyMap<string, string>;
  readonly beginnings: ReadonlyMap<string, string>;
  /** Files of the project that work in a folder above it: what they name may be there. */
  readonly above: ReadonlySet<string>;
}

/** What the project's files name outside of its folder, by paths that lead up or by links; undefined when git cannot tell. */
export async function outwardNames(side: NamedSide): Promise<Outward | undefined> {
  const { project } = side;
  const folders = [project.folder, ...(project.own === undefined ? [] : [project.own])].filter(
    (folder) => folder !== "",
  );
  const found = {
    paths: new Map<string, string>(),
    beginnings: new Map<string, string>(),
    above: new Set<string>(),
  };
  for (const folder of folders) {
    const except = SKIPPED.map((glob) => ({ glob: `${escapeGlob(folder)}${glob}` }));
    const hits = await side.search({ text: { expression: UP }, folders: [folder], except, give: "match" });
    const links = await linksIn(side, folder);
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
  // From where the file is, and from where the project's commands run.
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

async function linksIn({ tree, links }: NamedSide, folder: string): Promise<readonly Link[] | undefined> {
  const paths = await links(folder);
  const found = paths?.map(async (from): Promise<Link> => {
    const entry = await tree.find(from);
    return { from, target: entry?.kind === "link" ? ((await tree.read(entry)) ?? "") : baseName(from) };
  });
  return found && Promise.all(found);
}
