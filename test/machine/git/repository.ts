import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitIn } from "../../support/git";

/** Commits of every repository of the cases: one, two on it, three on two, a stranger's on one, and three merged with that. */
export type CommitKey = "one" | "two" | "three" | "stranger" | "merge";

/** What a repository has besides its commits. A commit's hash is written `{two}`, its beginning `{two:7}`. */
export interface RepositoryCase {
  /** Full names of refs, and what they point to. */
  readonly refs?: Readonly<Record<string, CommitKey>>;
  /** Tags with an object of their own. */
  readonly annotated?: Readonly<Record<string, CommitKey>>;
  readonly symbolic?: Readonly<Record<string, string>>;
  /** Files in git's own folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly replace?: readonly (readonly [CommitKey, CommitKey])[];
  readonly settings?: Readonly<Record<string, string>>;
  /** @default main, at three */
  readonly checkedOut?: CommitKey;
  readonly packed?: boolean;
}

/** Made once; refs come and go. */
export class CaseRepository {
  readonly root = mkdtempSync(join(tmpdir(), "rolecall-refs-"));
  readonly commits: Readonly<Record<CommitKey, string>>;
  readonly git = gitIn(this.root);

  constructor({ packed = false, ...given }: RepositoryCase) {
    this.git("init", "--quiet", "--initial-branch=main");
    this.commits = this.makeCommits();
    this.git("update-ref", "refs/heads/main", this.commits.three);
    const all = Object.entries(given.refs ?? {});
    for (const [ref, key] of all) this.git("update-ref", "--no-deref", this.fill(ref), this.commits[key]);
    for (const [tag, key] of Object.entries(given.annotated ?? {}))
      this.git("tag", "--annotate", "--message", "tag", tag, this.commits[key]);
    for (const [ref, target] of Object.entries(given.symbolic ?? {})) this.git("symbolic-ref", ref, target);
    for (const [from, to] of given.replace ?? []) this.git("replace", this.commits[from], this.commits[to]);
    for (const [name, value] of Object.entries(given.settings ?? {})) this.git("config", name, value);
    for (const [name, text] of Object.entries(given.files ?? {}))
      writeFileSync(join(this.root, ".git", name), `${this.fill(text)}\n`);
    if (given.checkedOut) this.git("update-ref", "--no-deref", "HEAD", this.commits[given.checkedOut]);
    if (given.checkedOut) this.git("checkout", "--quiet", "--detach", this.commits[given.checkedOut]);
    if (packed) this.git("pack-refs", "--all");
  }

  /** With hashes in the place of `{two}` and `{two:7}`. */
  fill(text: string): string {
    return text.replace(/\{(one|two|three|stranger|merge)(?::(\d+))?\}/g, (_all, key: CommitKey, digits?: string) =>
      this.commits[key].slice(0, digits === undefined ? undefined : Number(digits)),
    );
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private makeCommits(): Record<CommitKey, string> {
    const tree = this.git("write-tree").trim();
    const commit = (message: string, ...parents: readonly string[]) =>
      this.git("commit-tree", tree, "-m", message, ...parents.flatMap((parent) => ["-p", parent])).trim();
    const one = commit("one");
    const two = commit("two", one);
    const three = commit("three", two);
    const stranger = commit("stranger", one);
    return { one, two, three, stranger, merge: commit("merge", three, stranger) };
  }
}
