import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, resolve } from "node:path";
import { type Known, known, unknown } from "../../known";
import { readManifest, type SynthesizedStack } from "../../terraform/run/manifest";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import type { Synth } from "./synth";

export interface ChangedStacks {
  /** New, or with other bytes than at the ref. */
  readonly changed: readonly SynthesizedStack[];
  /** Names of stacks that only the ref has. */
  readonly removed: readonly string[];
}

/**
 * Splits stacks by whether their JSON or lock file differs from a git ref's synth. Runs the ref's code in a temporary
 * worktree: the ref must be trusted. A ref that cannot be synthesized makes every stack changed. Undefined, with the reason
 * on standard error, when the ref cannot be found. Without a ref every stack is changed.
 */
export async function changedStacks(
  context: Context,
  {
    changed: ref,
    roster,
    as: deployRole,
  }: { readonly changed?: string; readonly roster?: string; readonly as?: string },
  synth: Synth,
  stacks: readonly SynthesizedStack[],
): Promise<ChangedStacks | undefined> {
  if (ref === undefined) return { changed: stacks, removed: [] };
  const base = await findBase(context, ref);
  if (!base.known) {
    context.stderr(`${base.reason}\n`);
    return undefined;
  }
  const temporary = mkdtempSync(join(tmpdir(), "rolecall-base-"));
  const worktree = join(temporary, "tree");
  try {
    const before = await synthesizeBase(context, base.value, { worktree, roster, deployRole }, synth);
    if (before.known) return compare(before.value, stacks);
    context.stderr(`${before.reason}; every stack counts as changed\n`);
    return { changed: stacks, removed: [] };
  } finally {
    await removeWorktree(context, base.value.top, worktree, temporary);
  }
}

interface Base {
  readonly commit: string;
  /** Top folder of the repository. */
  readonly top: string;
}

async function findBase(context: Context, ref: string): Promise<Known<Base>> {
  if (ref.startsWith("-") || ref === "") return unknown(`not a git ref: ${quote(ref)}; give a branch, tag or commit`);
  const top = await git(context, context.root, ["rev-parse", "--show-toplevel"]);
  if (!top.known) return unknown(`--changed needs a git repository: ${top.reason}`);
  const commit = await git(context, context.root, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
  if (commit.known) return known({ commit: commit.value, top: top.value });
  const shallow = await git(context, context.root, ["rev-parse", "--is-shallow-repository"]);
  const cure =
    shallow.known && shallow.value === "true"
      ? "this clone is shallow: fetch the ref with its history (git fetch --unshallow, or fetch-depth: 0)"
      : "fetch it first, or give a branch, tag or commit";
  return unknown(`unknown git ref ${quote(ref)}; ${cure}`);
}

async function synthesizeBase(
  context: Context,
  { commit, top }: Base,
  {
    worktree,
    roster,
    deployRole,
  }: { readonly worktree: string; readonly roster?: string; readonly deployRole?: string },
  synth: Synth,
): Promise<Known<readonly SynthesizedStack[]>> {
  const added = await git(context, top, ["worktree", "add", "--detach", "--quiet", worktree, commit]);
  if (!added.known) return unknown(`${commit.slice(0, 12)} cannot be checked out: ${added.reason}`);
  const move = (path: string) => (isInside(top, path) ? join(worktree, relative(top, path)) : path);
  const home = move(context.home);
  const modules = join(context.home, "node_modules");
  if (home !== context.home && existsSync(modules) && existsSync(home) && !existsSync(join(home, "node_modules"))) {
    symlinkSync(modules, join(home, "node_modules"));
  }
  const root = move(context.root);
  const given = roster ?? context.env["ROLECALL_ROSTER"];
  const path = resolve(
    context.root,
    given ?? (existsSync(join(context.root, "roster.yaml")) ? "roster.yaml" : "roster"),
  );
  // The same file twice would show no difference whatever was changed in it.
  if (existsSync(path) && !isInside(top, realpathSync(path)))
    return unknown(`the roster ${quote(path)} lies outside of the repository, so the ref has none to compare with`);
  const moved = given === undefined ? undefined : move(path);
  const outdir = join(root, "cdktf.out");
  const quiet = { ...context, stderr: (text: string) => context.stderr(text.replace(/^(?=.)/gm, "at the ref: ")) };
  const ok =
    existsSync(root) && (await synth(quiet, { outdir, root, home, deployRole, ...(moved ? { roster: moved } : {}) }));
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

async function removeWorktree(context: Context, top: string, worktree: string, temporary: string): Promise<void> {
  await git(context, top, ["worktree", "remove", "--force", worktree]);
  // A link to a folder is removed as a link; the folder stays.
  rmSync(temporary, { recursive: true, force: true });
}

function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return !inside.startsWith("..") && !isAbsolute(inside);
}

/** Hooks stay out, and so do GIT_DIR and the like, which a hook that calls rolecall would pass on. */
function git(context: Context, folder: string, args: readonly string[]): Promise<Known<string>> {
  const env = Object.fromEntries(
    Object.entries(context.env).filter(([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE)$/.test(name)),
  );
  return new Promise((done) => {
    execFile("git", ["-c", "core.hooksPath=/dev/null", ...args], { cwd: folder, env }, (error, stdout, stderr) => {
      if (error === null) done(known(stdout.trim()));
      else
        done(
          unknown(error.code === "ENOENT" ? "git is not installed" : (stderr.trim().split("\n")[0] ?? "git failed")),
        );
    });
  });
}
