import type { Context } from "../../machine/context";
import { baseName, comparable } from "../../review/documents/code/file-names";
import type { CodeFile, Project } from "../../review/documents/code/judge-files";
import { quote } from "../../text";
import type { ReviewedRepository } from "./changed-files";
import type { Named, OpenFile } from "./named";
import { namedFiles } from "./named-files";
import { proseNames } from "./prose-names";
import { commitTree, folderTree, type Objects } from "./repository-tree";
import { workspaceNames } from "./workspace-names";

interface Following {
  readonly repository: ReviewedRepository;
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

function judge(file: OpenFile, found: readonly Named[], prose: ReadonlyMap<string, string>): readonly CodeFile[] {
  const { path } = file;
  for (const named of found) {
    const from = namerOf(path, named) ?? prose.get(path);
    if (from !== undefined && from !== path) return [{ path, policies: true, reason: `${quote(from)} names it` }];
    const [first] = [...named.computed, ...named.unread].filter(([by]) => counts(file, named.computed.has(by)));
    if (first !== undefined)
      return [{ path, policies: true, reason: `what runs cannot be told: ${quote(first[0])} ${first[1]}` }];
  }
  return [];
}

function namerOf(path: string, { paths, beginnings, programs }: Named): string | undefined {
  const name = comparable(path);
  const whole = [...beginnings].find(([start]) => name.startsWith(comparable(start)));
  return paths.get(name) ?? whole?.[1] ?? programs.get(baseName(name));
}

/** Prose counts where a shell finds or decodes what it runs; what lies about in a working tree is in no commit that runs. */
function counts({ is, untracked }: OpenFile, computed: boolean): boolean {
  return is === "elsewhere" || (computed && !untracked);
}
