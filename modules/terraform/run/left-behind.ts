import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { compareText, isRecord } from "../../text";
import type { SynthesizedStack } from "./manifest";

export interface LeftBehind {
  readonly stack: string;
  /** The state that still holds something. */
  readonly state: string;
  /** Absent when the state cannot be read: it may hold anything. */
  readonly resources?: number;
}

const ENDING = ".tfstate";

/**
 * Local states other than those of the synthesized stacks that still hold resources: a stack that left the roster without being
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
    .map((state) => ({ stack: basename(state, ENDING), state, ...countResources(state) }))
    .filter(({ resources }) => resources !== 0)
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

/** What is not a state of Terraform's known form says nothing: OpenTofu encrypts states, an interrupted run leaves half of one. */
function countResources(file: string): Pick<LeftBehind, "resources"> {
  try {
    const state: unknown = JSON.parse(readFileSync(file, "utf8"));
    const resources = isRecord(state) && state["version"] === 4 ? state["resources"] : undefined;
    return Array.isArray(resources) ? { resources: resources.length } : {};
  } catch {
    return {};
  }
}
