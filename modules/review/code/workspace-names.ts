import { folderOf, foldersAbove } from "./file-names";
import { isRecord } from "../../text";
import type { OpenFile } from "./named";
import type { NamedSide, Tree } from "./side";

/**
 * Packages of the same repository that Node.js finds by their name, where a package above the project links them: those that the
 * project names, or that a package it uses does, and those that run something when they are installed. Of the packages in
 * which files changed only; folders end with a slash. Undefined when git cannot tell.
 */
export async function workspaceNames(
  side: NamedSide,
  open: readonly OpenFile[],
): Promise<ReadonlyMap<string, string> | undefined> {
  const found = new Map<string, string>();
  if (!(await linksPackages(side))) return found;
  const folders = new Set<string>();
  for (const { path } of open.filter(({ is }) => is === "elsewhere")) {
    const folder = await packageAbove(side.tree, path);
    if (folder !== undefined) folders.add(folder);
  }
  for (const folder of folders) {
    const from = await userOf(side, folder);
    if (from === "unknown") return undefined;
    if (from !== undefined) found.set(folder, from);
  }
  return found;
}

async function linksPackages({ tree, project }: NamedSide): Promise<boolean> {
  for (const folder of [project.folder, ...foldersAbove(project.folder)]) {
    for (const name of ["pnpm-workspace.yaml", "lerna.json", "rush.json"])
      if ((await tree.find(`${folder}${name}`)) !== undefined) return true;
    if ((await readPackage(tree, folder))?.["workspaces"] !== undefined) return true;
  }
  return false;
}

async function readPackage(tree: Tree, folder: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const entry = await tree.find(`${folder}package.json`);
  const text = entry && (await tree.read(entry));
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

async function packageAbove(tree: Tree, path: string): Promise<string | undefined> {
  const folders = [...foldersAbove(folderOf(path)), folderOf(path)].filter((folder) => folder !== "");
  for (const folder of folders.reverse()) if ((await tree.find(`${folder}package.json`)) !== undefined) return folder;
  return undefined;
}

const AT_INSTALL = /^(pre|post)?install$|^(pre|post)?prepare$|^prepublish$/;

/** The file by which the project comes to use a package; `unknown` when git cannot tell. */
async function userOf(side: NamedSide, folder: string): Promise<string | undefined> {
  const { tree, project } = side;
  const queue = [folder];
  const seen = new Set(queue);
  for (let at = 0; at < queue.length; at++) {
    const value = await readPackage(tree, queue[at] ?? "");
    const scripts = at === 0 && isRecord(value?.["scripts"]) ? Object.keys(value["scripts"]) : [];
    if (scripts.some((name) => AT_INSTALL.test(name))) return `${folder}package.json`;
    const name = value?.["name"];
    if (typeof name !== "string" || name === "") continue;
    const hits = await side.search({
      text: { words: [name] },
      folders: [project.folder],
      patterns: [{ glob: "**/package.json" }],
      except: [{ glob: "**/node_modules/**", exact: true }],
      give: "match",
    });
    if (hits === undefined) return "unknown";
    for (const [from] of hits) {
      if (from.startsWith(project.folder)) return from;
      const user = folderOf(from);
      if (user === "" || seen.has(user)) continue;
      seen.add(user);
      queue.push(user);
    }
  }
  return undefined;
}
