import type { Context } from "../../machine/context";
import { comparable, extensionOf, folderOf, foldersAbove, resolvePath } from "../../review/documents/code/file-names";
import type { Project } from "../../review/documents/code/judge-files";
import { ENTRY_NAMES, namesOthers, readFolders } from "../../review/documents/code/places";
import { readText, type TextRead } from "../../review/documents/code/read-text";
import { referencesOf } from "../../review/documents/code/references";
import type { Named, NamedSide } from "./named";
import { outwardNames } from "./outward-names";
import type { Tree, TreeEntry } from "./repository-tree";

/** More than this many files are not read for what they name. */
const MOST_FILES = 500;

/**
 * Begins with workflows, pipelines and what else runs by itself, and with what the project's own code reaches outside of its
 * folder; reads each file that is named for what it names in turn. Undefined when git cannot tell.
 */
export async function namedFiles(context: Context, side: NamedSide): Promise<Named | undefined> {
  const { tree, project, whole } = side;
  const outward = whole
    ? await outwardNames(context, side)
    : { paths: new Map(), beginnings: new Map(), unread: new Map() };
  if (outward === undefined) return undefined;
  const named = new Map<string, string>();
  const beginnings = new Map<string, string>(outward.beginnings);
  const unread = new Map<string, string>(outward.unread);
  const reads = new Map<string, TextRead>();
  for (const entry of await startFiles(tree, project)) reads.set(entry.path, await readEntry(tree, entry));
  const asked = new Set<string>();
  const there = new Set<string>();
  const queue = new Map<string, string>(outward.paths);
  for (;;) {
    const references = referencesOf(reads, project.folder, there);
    for (const [path, from] of references.paths) if (!asked.has(path)) queue.set(path, queue.get(path) ?? from);
    for (const [start, from] of references.beginnings) beginnings.set(start, beginnings.get(start) ?? from);
    for (const [path, why] of references.unread) unread.set(path, why);
    if (queue.size === 0) break;
    await take({ tree, project, named, reads, asked, queue, there });
    if (reads.size > MOST_FILES) {
      unread.set([...reads.keys()][0] ?? "", `and what it names are more than ${MOST_FILES} files`);
      break;
    }
  }
  return { paths: named, beginnings, unread };
}

interface Walk {
  readonly tree: Tree;
  readonly project: Project;
  readonly named: Map<string, string>;
  readonly reads: Map<string, TextRead>;
  readonly asked: Set<string>;
  readonly queue: Map<string, string>;
  /** Folders that are there, with a slash at the end. */
  readonly there: Set<string>;
}

async function take(walk: Walk): Promise<void> {
  const { tree, queue, asked, named, reads, project, there } = walk;
  const batch = [...queue];
  queue.clear();
  for (const [path, from] of batch) {
    if (asked.has(path)) continue;
    asked.add(path);
    const entry = await tree.find(path);
    if (entry === undefined) continue;
    if (entry.kind === "folder") {
      there.add(`${path}/`);
      for (const name of ENTRY_NAMES) queue.set(`${entry.path}/${name}`, from);
      continue;
    }
    named.set(comparable(entry.path), named.get(comparable(entry.path)) ?? from);
    if (entry.kind === "link") await followLink(walk, entry, from);
    else if (reads.size <= MOST_FILES && isFollowed(entry, project) && !reads.has(entry.path))
      reads.set(entry.path, await readEntry(tree, entry));
  }
}

async function followLink({ tree, queue }: Walk, entry: TreeEntry, from: string): Promise<void> {
  const target = resolvePath(folderOf(entry.path), (await tree.read(entry)) ?? "");
  if (target !== undefined) queue.set(target, from);
}

/** The project's own programs are looked at for what they reach outside, not read for each other. */
function isFollowed({ path, kind }: TreeEntry, { folder, own }: Project): boolean {
  if (kind !== "file" && kind !== "executable") return false;
  const inside = path.startsWith(folder) || (own !== undefined && path.startsWith(own));
  return !inside || !/^[cm]?[jt]sx?$/.test(extensionOf(path));
}

async function readEntry(tree: Tree, entry: TreeEntry): Promise<TextRead> {
  const text = await tree.read(entry);
  return text === undefined ? { ...readText(entry.path, ""), unread: "cannot be read" } : readText(entry.path, text);
}

/** Files that name others and run without being named. */
async function startFiles(tree: Tree, { folder }: Project): Promise<readonly TreeEntry[]> {
  const above = new Set([folder, ...foldersAbove(folder)]);
  const found = new Map<string, TreeEntry>();
  const look = async (at: string, deep: boolean): Promise<void> => {
    for (const entry of await tree.list(at)) {
      if (entry.kind === "folder" && deep) await look(`${entry.path}/`, true);
      else if ((entry.kind === "file" || entry.kind === "executable") && namesOthers(entry.path, folder))
        found.set(entry.path, entry);
    }
  };
  for (const at of readFolders(folder)) {
    const entry = at === "" ? undefined : await tree.find(at.slice(0, -1));
    if (at === "" || entry?.kind === "folder") await look(at === "" ? "" : `${entry?.path}/`, !above.has(at));
  }
  return [...found.values()];
}
