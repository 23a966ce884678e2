import { baseName, comparable, extensionOf, folderOf, foldersAbove, resolvePath } from "./file-names";
import type { Project } from "./judge-files";
import { ENTRY_NAMES, namesOthers, readFolders } from "./places";
import { readText } from "./reading/read-text";
import { EMPTY, type TextRead } from "./reading/text-read";
import { referencesOf } from "./reading/references";
import type { Named } from "./named";
import { outwardNames } from "./outward-names";
import type { NamedSide, Tree, TreeEntry } from "./side";

/** More than this many files are not read for what they name. */
const MOST_FILES = 300;
/** Nor are files that only such a chain of names leads to. */
const MOST_ROUNDS = 40;

/**
 * Begins with workflows, pipelines and what else runs by itself, and with what the project's own code reaches outside of its
 * folder; reads each file that is named for what it names in turn. Undefined when git cannot tell.
 */
export async function namedFiles(side: NamedSide): Promise<Named | undefined> {
  const outward = side.whole ? await outwardNames(side) : NOTHING;
  if (outward === undefined) return undefined;
  const walk: Walk = {
    ...side,
    named: new Map(),
    reads: new Map(),
    asked: new Set(),
    there: new Set(),
    queue: new Map(outward.paths),
  };
  await readAll(walk, await firstFiles(side, outward.above));
  for (let round = 0; ; round++) {
    const { paths, beginnings, ...rest } = referencesOf(walk.reads, side.project.folder, walk.there);
    for (const [path, from] of paths) if (!walk.asked.has(path)) walk.queue.set(path, walk.queue.get(path) ?? from);
    const named = { paths: walk.named, beginnings: new Map([...outward.beginnings, ...beginnings]), ...rest };
    if (walk.queue.size === 0) return named;
    if (walk.reads.size > MOST_FILES || round > MOST_ROUNDS)
      return { ...named, unread: new Map([...rest.unread, ...tooMany(walk)]) };
    await take(walk);
  }
}

const NOTHING = { paths: new Map(), beginnings: new Map(), above: new Set<string>() };

interface Walk extends NamedSide {
  readonly named: Map<string, string>;
  readonly reads: Map<string, TextRead>;
  readonly asked: Set<string>;
  readonly queue: Map<string, string>;
  /** Folders that are there, with a slash at the end. */
  readonly there: Set<string>;
}

function tooMany({ reads }: Walk): readonly (readonly [string, string])[] {
  const [first = ""] = reads.keys();
  return [[first, "and others name more files than are read"]];
}

async function readAll({ tree, reads }: Walk, entries: readonly TreeEntry[]): Promise<void> {
  const texts = await Promise.all(entries.map((entry) => readEntry(tree, entry)));
  for (const [at, { path }] of entries.entries()) reads.set(path, texts[at] ?? EMPTY);
}

async function take(walk: Walk): Promise<void> {
  const { tree, queue, asked, named, reads, project, there } = walk;
  const batch = [...queue].filter(([path]) => !asked.has(path));
  queue.clear();
  const found: TreeEntry[] = [];
  for (const [path, from] of batch) {
    asked.add(path);
    const entry = await tree.find(path);
    if (entry?.kind === "folder") {
      there.add(`${path}/`);
      for (const name of ENTRY_NAMES) queue.set(`${entry.path}/${name}`, from);
    } else if (entry !== undefined) {
      named.set(comparable(entry.path), named.get(comparable(entry.path)) ?? from);
      if (entry.kind === "link") await followLink(walk, entry, from);
      else if (isFollowed(entry, project) && !reads.has(entry.path)) found.push(entry);
    }
  }
  await readAll(walk, found.slice(0, MOST_FILES + 1));
}

async function followLink({ tree, queue }: Walk, entry: TreeEntry, from: string): Promise<void> {
  const target = resolvePath(folderOf(entry.path), (await tree.read(entry)) ?? "");
  if (target !== undefined) queue.set(target, from);
}

/** The project's own programs are looked at for what they reach outside, not read for each other. */
function isFollowed({ path, kind }: TreeEntry, { folder, own }: Project): boolean {
  if (kind !== "file" && kind !== "executable") return false;
  const inside = path.startsWith(folder) || (own !== undefined && path.startsWith(own));
  return !inside || !/^([cm]?[jt]sx?|json)$/.test(extensionOf(path)) || baseName(path) === "package.json";
}

async function readEntry(tree: Tree, entry: TreeEntry): Promise<TextRead> {
  const text = await tree.read(entry);
  return text === undefined ? { ...readText(entry.path, ""), unread: "cannot be read" } : readText(entry.path, text);
}

/** Files that name others and run without being named, and the project's own that work in a folder above it. */
async function firstFiles(
  { tree, project: { folder } }: NamedSide,
  own: Iterable<string>,
): Promise<readonly TreeEntry[]> {
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
  for (const path of own) {
    const entry = await tree.find(path);
    if (entry?.kind === "file" || entry?.kind === "executable") found.set(path, entry);
  }
  return [...found.values()];
}
