import type { Context } from "../../machine/context";
import { comparable } from "../../review/documents/code/file-names";
import type { CodeFile, Project } from "../../review/documents/code/judge-files";
import { quote } from "../../text";
import type { Repository } from "./changed-files";
import type { Named, OpenFile } from "./named";
import { namedFiles } from "./named-files";
import { proseNames } from "./prose-names";
import { commitTree, folderTree, type Objects } from "./repository-tree";
import { workspaceNames } from "./workspace-names";

interface Following {
  readonly repository: Repository;
  readonly project: Project;
  readonly sides: { readonly base: string; readonly head?: string };
  readonly open: readonly OpenFile[];
}

/**
 * Which of these files something that runs names, on either side: workflows and pipelines, what they call in turn, and the
 * project's own code. Where that cannot be told, every file elsewhere counts. Undefined when git cannot tell.
 */
export async function followNames(context: Context, following: Following): Promise<readonly CodeFile[] | undefined> {
  const { open, sides, repository, project } = following;
  if (open.length === 0) return [];
  const objects: Objects = new Map();
  const trees = [
    { commit: sides.base, tree: commitTree(context, sides.base, objects) },
    sides.head === undefined
      ? { commit: undefined, tree: folderTree(repository.top) }
      : { commit: sides.head, tree: commitTree(context, sides.head, objects) },
  ];
  const elsewhere = project.folder !== "" || project.own !== undefined;
  const found: Named[] = [];
  for (const { commit, tree } of trees) {
    const side = { tree, commit, project, whole: elsewhere };
    const named = await namedFiles(context, side);
    const packages = await workspaceNames(context, side, open);
    if (named === undefined || packages === undefined) return undefined;
    found.push({ ...named, beginnings: new Map([...named.beginnings, ...packages]) });
  }
  const prose = await proseNames(context, { ...following, trees: trees.map(({ commit }) => commit) });
  if (prose === undefined) return undefined;
  return open.flatMap((file) => judge(file, found, prose));
}

function judge(
  { path, is }: OpenFile,
  found: readonly Named[],
  prose: ReadonlyMap<string, string>,
): readonly CodeFile[] {
  const name = comparable(path);
  for (const { paths, beginnings, unread } of found) {
    const whole = [...beginnings].find(([start]) => name.startsWith(comparable(start)));
    const from = paths.get(name) ?? whole?.[1] ?? prose.get(path);
    if (from !== undefined && from !== path) return [{ path, policies: true, reason: `${quote(from)} names it` }];
    const [first] = unread;
    if (is === "elsewhere" && first !== undefined)
      return [{ path, policies: true, reason: `what runs cannot be told: ${quote(first[0])} ${first[1]}` }];
  }
  return [];
}
