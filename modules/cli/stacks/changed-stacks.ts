import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, resolve } from "node:path";
import { expectKnown, type Known, unknown } from "../../known";
import { addWorktree, removeWorktree } from "../../machine/git/worktree";
import { findRepository } from "../../machine/git/repository";
import { type GitCommit, resolveCommit } from "../../machine/git/resolve-commit";
import { commitText } from "../../review/sides";
import { readManifest, type SynthesizedStack } from "../../terraform/run/manifest";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import type { Synth } from "./synth";

export interface ChangedStacks {
  /** New, or with other bytes than at the ref. */
  readonly changed: readonly SynthesizedStack[];
  /** Names of stacks that only the ref has. */
  readonly removed: readonly string[];
  /** What they were compared with. */
  readonly base?: GitCommit | undefined;
}

/**
 * Splits stacks by whether their JSON or lock file differs from a git ref's synth. Runs the ref's code in a temporary
 * worktree: the ref must be trusted, and named so that it can mean only one commit. A ref that cannot be synthesized makes every
 * stack changed. Without a ref every stack is changed. Refuses a name that may mean several commits.
 */
export async function changedStacks(
  context: Context,
  { changed: ref, roster, as: deployRole }: Comparison,
  synth: Synth,
  stacks: readonly SynthesizedStack[],
): Promise<ChangedStacks> {
  if (ref === undefined) return { changed: stacks, removed: [] };
  const base = expectKnown(await resolveCommit(context, ref, { runs: true }));
  const repository = await findRepository(context);
  if (!repository.ok) throw new Refusal("git cannot tell where the repository is; run this in a checkout");
  const { commit } = base;
  const top = realpathSync(repository.repository.top);
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), "rolecall-base-")));
  const worktree = join(temporary, "tree");
  context.stderr(`comparing with ${commitText(base)}; its code runs\n`);
  try {
    const before = await synthesizeBase(context, { commit, top }, { worktree, roster, deployRole }, synth);
    if (before.known) return { ...compare(before.value, stacks), base };
    context.stderr(`${before.reason}; every stack counts as changed\n`);
    return { changed: stacks, removed: [], base };
  } finally {
    await removeWorktree({ ...context, root: top }, worktree);
    // A link to a folder is removed as a link; the folder stays.
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** What is compared, and how the ref is synthesized. */
interface Comparison {
  readonly changed?: string | undefined;
  readonly roster?: string | undefined;
  readonly as?: string | undefined;
}

interface Base {
  readonly commit: string;
  /** Top folder of the repository, without links. */
  readonly top: string;
}

interface Trial {
  readonly worktree: string;
  readonly roster?: string | undefined;
  readonly deployRole?: string | undefined;
}

async function synthesizeBase(
  context: Context,
  { commit, top }: Base,
  { worktree, roster, deployRole }: Trial,
  synth: Synth,
): Promise<Known<readonly SynthesizedStack[]>> {
  const added = await addWorktree({ ...context, root: top }, worktree, commit);
  if (!added.known) return unknown(`${commit.slice(0, 12)} cannot be checked out: ${added.reason}`);
  // Through a link the folders would not be below the top, and the working tree would be compared with itself.
  const [here, own] = [realpathSync(context.root), realpathSync(context.home)];
  const move = (path: string) => (isInside(top, path) ? join(worktree, relative(top, path)) : path);
  const home = move(own);
  const modules = join(context.home, "node_modules");
  if (home !== own && existsSync(modules) && existsSync(home) && !existsSync(join(home, "node_modules"))) {
    symlinkSync(modules, join(home, "node_modules"));
  }
  const root = move(here);
  const given = roster ?? context.env["ROLECALL_ROSTER"];
  const path = resolve(here, given ?? (existsSync(join(here, "roster.yaml")) ? "roster.yaml" : "roster"));
  // The same file twice would show no difference whatever was changed in it.
  if (existsSync(path) && !isInside(top, realpathSync(path)))
    return unknown(`the roster ${quote(path)} is outside the repository, so the ref has none to compare with`);
  const moved = given === undefined ? undefined : move(path);
  const outdir = join(root, "cdktf.out");
  const quiet = { ...context, stderr: (text: string) => context.stderr(text.replace(/^(?=.)/gm, "at the ref: ")) };
  const ok = existsSync(root) && (await synth(quiet, { outdir, root, home, deployRole, roster: moved }));
  return ok ? readManifest(outdir) : unknown(`${commit.slice(0, 12)} cannot be synthesized`);
}

function compare(before: readonly SynthesizedStack[], now: readonly SynthesizedStack[]): ChangedStacks {
  const names = now.map(({ name }) => name);
  const bytes = new Map(before.map((stack) => [stack.name, bytesOf(stack)]));
  return {
    changed: now.filter((stack) => bytes.get(stack.name) !== bytesOf(stack)),
    removed: before.map(({ name }) => name).filter((name) => !names.includes(name)),
  };
}

function bytesOf({ folder }: SynthesizedStack): string {
  return ["cdk.tf.json", ".terraform.lock.hcl"]
    .map((name) => join(folder, name))
    .map((file) => (existsSync(file) ? readFileSync(file, "utf8") : "absent"))
    .join("\0");
}

function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return !inside.startsWith("..") && !isAbsolute(inside);
}
