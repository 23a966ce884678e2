import { quote } from "../../text";
import { baseName, comparable } from "./file-names";
import type { CodeFile, Project } from "./judge-files";
import type { Named, OpenFile } from "./named";
import { namedFiles } from "./named-files";
import { proseNames } from "./prose-names";
import type { CodeSide } from "./side";
import { workspaceNames } from "./workspace-names";

/**
 * Which of these files something that runs names, on either side: workflows and pipelines, what they call in turn, and the
 * project's own code. Where that is not known, every file elsewhere counts. Undefined when a side cannot be read.
 */
export async function followNames(
  sides: readonly CodeSide[],
  project: Project,
  open: readonly OpenFile[],
): Promise<readonly CodeFile[] | undefined> {
  if (open.length === 0) return [];
  const whole = project.folder !== "" || project.own !== undefined;
  const found: Named[] = [];
  for (const side of sides) {
    const placed = { ...side, project, whole };
    const named = await namedFiles(placed);
    const packages = await workspaceNames(placed, open);
    if (named === undefined || packages === undefined) return undefined;
    found.push({ ...named, beginnings: new Map([...named.beginnings, ...packages]) });
  }
  const prose = await proseNames({ project, open, sides });
  return prose && open.flatMap((file) => judge(file, found, prose));
}

function judge(file: OpenFile, found: readonly Named[], prose: ReadonlyMap<string, string>): readonly CodeFile[] {
  const { path } = file;
  for (const named of found) {
    const from = namerOf(path, named) ?? prose.get(path);
    if (from !== undefined && from !== path) return [{ path, policies: true, reason: `${quote(from)} names it` }];
    const [first] = [...named.computed, ...named.unread].filter(([by]) => counts(file, named.computed.has(by)));
    if (first !== undefined)
      return [{ path, policies: true, reason: `what runs is unknown: ${quote(first[0])} ${first[1]}` }];
  }
  return [];
}

function namerOf(path: string, { paths, beginnings, programs }: Named): string | undefined {
  const name = comparable(path);
  const whole = [...beginnings].find(([start]) => name.startsWith(comparable(start)));
  return paths.get(name) ?? whole?.[1] ?? programs.get(baseName(name));
}

/** Prose counts where a shell finds or decodes what it runs; what is left over in a working tree is in no commit that runs. */
function counts({ is, untracked }: OpenFile, computed: boolean): boolean {
  return is === "elsewhere" || (computed && !untracked);
}
