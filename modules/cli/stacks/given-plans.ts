import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Context } from "../../machine/context";
import { readPlanFile } from "./plan-files";
import { readSavedPlans, type SavedPlan } from "./saved-plans";

/** Plans as they are given to a command: files of `terraform show -json`, `-` for standard input, or folders of `rolecall plan`. */
export async function readGivenPlans(context: Context, paths: readonly string[]): Promise<readonly SavedPlan[]> {
  const read = await Promise.all(
    paths.map(async (path) =>
      isFolder(context, path) ? readSavedPlans(context, path) : [{ file: path, plan: readPlanFile(context, path) }],
    ),
  );
  return read.flat();
}

function isFolder({ root }: Context, path: string): boolean {
  return path !== "-" && (statSync(resolve(root, path), { throwIfNoEntry: false })?.isDirectory() ?? false);
}
