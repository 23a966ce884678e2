import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { compareText } from "../../text";
import type { SynthesizedStack } from "./manifest";

export interface LeftBehind {
  readonly stack: string;
  /** The state that still holds something. */
  readonly state: string;
  readonly resources: number;
}

const ENDING = ".tfstate";

/**
 * Local states beside those of the synthesized stacks that still hold resources: a stack that left the roster without being
 * destroyed, whose roles go on working. States of other backends are not seen from here.
 */
export function findLeftBehind(stacks: readonly SynthesizedStack[]): readonly LeftBehind[] {
  const own = stacks.flatMap(localState);
  const folders = [...new Set(own.map((file) => dirname(file)))].filter(isFolder);
  return folders
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(ENDING))
        .map((name) => join(folder, name)),
    )
    .filter((state) => !own.includes(state))
    .map((state) => ({
      stack: (state.split("/").pop() ?? "").slice(0, -ENDING.length),
      state,
      resources: countResources(state),
    }))
    .filter(({ resources }) => resources > 0)
    .sort((a, b) => compareText(a.stack, b.stack));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

interface WithBackend {
  readonly terraform?: { readonly backend?: { readonly local?: { readonly path?: string } } };
}

function localState({ folder }: SynthesizedStack): readonly string[] {
  const { terraform } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as WithBackend;
  const path = terraform?.backend?.local?.path;
  return path === undefined ? [] : [resolve(folder, path)];
}

/** A state that cannot be read counts: somebody must look at it. */
function countResources(file: string): number {
  try {
    const state = JSON.parse(readFileSync(file, "utf8")) as { readonly resources?: readonly unknown[] };
    return state.resources?.length ?? 0;
  } catch {
    return 1;
  }
}
