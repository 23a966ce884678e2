import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../../machine/context";
import { printedIfAny } from "./printed";
import { comparable, folderOf } from "../../review/code/file-names";
import type { Tree, TreeEntry } from "../../review/code/side";
import { kindOfMode } from "./changed-files";

/** What git has said of an object, for both sides: most of them are the same. */
export type Objects = Map<string, Promise<string | undefined>>;

export function commitTree(context: Context, commit: string, objects: Objects): Tree {
  const ask = (args: readonly string[]): Promise<string | undefined> => {
    const key = args.join(" ");
    const known = objects.get(key) ?? printedIfAny(context, args).then((bytes) => bytes?.toString());
    objects.set(key, known);
    return known;
  };
  return treeOf(
    async (folder, id) => {
      const said = await ask(["ls-tree", "-z", "--full-tree", id ?? commit]);
      return (said?.split("\0") ?? []).flatMap((line): readonly TreeEntry[] => {
        const [, mode = "", object = "", name] = /^(\d{6}) \S+ (\S+)\t(.*)$/s.exec(line) ?? [];
        if (name === undefined) return [];
        const kind = mode === "040000" ? "folder" : kindOfMode(mode);
        return [{ path: `${folder}${name}`, kind: kind === "absent" ? "other" : kind, id: object }];
      });
    },
    ({ id }) => ask(["cat-file", "blob", id]),
  );
}

const MOST_BYTES = 4_000_000;

/** The working tree as it is there. */
export function folderTree(top: string): Tree {
  return treeOf(
    async (folder) =>
      readdirSync(join(top, folder), { withFileTypes: true }).flatMap((entry): readonly TreeEntry[] => {
        const path = `${folder}${entry.name}`;
        if (path === ".git") return [];
        const kind = entry.isDirectory()
          ? "folder"
          : entry.isSymbolicLink()
            ? "link"
            : entry.isFile()
              ? "file"
              : "other";
        return [{ path, kind, id: `disk:${path}` }];
      }),
    async ({ path, kind }) => {
      if (kind === "link") return readlinkSync(join(top, path));
      return lstatSync(join(top, path)).size > MOST_BYTES ? undefined : readFileSync(join(top, path), "utf8");
    },
  );
}

function treeOf(
  list: (folder: string, id: string | undefined) => Promise<readonly TreeEntry[]>,
  read: (entry: TreeEntry) => Promise<string | undefined>,
): Tree {
  const listed = new Map<string, Promise<ReadonlyMap<string, TreeEntry>>>();
  const entries = (folder: string, id?: string) => {
    const known = listed.get(folder) ?? list(folder, id).then(byName, () => new Map<string, TreeEntry>());
    listed.set(folder, known);
    return known;
  };
  const find = async (path: string): Promise<TreeEntry | undefined> => {
    const above = folderOf(path);
    if (above === "") return (await entries("")).get(comparable(path));
    const folder = await find(above.slice(0, -1));
    return folder?.kind === "folder" ? (await entries(`${folder.path}/`, folder.id)).get(comparable(path)) : undefined;
  };
  return {
    find,
    list: async (folder) => {
      const entry = folder === "" ? undefined : await find(folder.slice(0, -1));
      if (folder !== "" && entry?.kind !== "folder") return [];
      return [...(await entries(folder, entry?.id)).values()];
    },
    read: (entry) => read(entry).catch(() => undefined),
  };
}

function byName(entries: readonly TreeEntry[]): ReadonlyMap<string, TreeEntry> {
  return new Map(entries.map((entry) => [comparable(entry.path), entry]));
}
