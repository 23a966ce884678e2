import { realpathSync } from "node:fs";
import { join } from "node:path";
import { quote } from "../../text";
import type { GitFailure } from "./failure";
import { type GitPlace, runGit, stdoutText } from "./run-git";

/** The repository that a folder is in. */
export interface Repository {
  /** Its top folder. */
  readonly top: string;
  /** From the top to the folder: `infra/access/`, or nothing. */
  readonly prefix: string;
  /** A clone without all of the history: what it does not hold is not a fact. */
  readonly shallow: boolean;
  /** Hexadecimal digits of a full hash. */
  readonly digits: 40 | 64;
}

export type FoundRepository =
  | { readonly ok: true; readonly repository: Repository }
  | { readonly ok: false; readonly failure: GitFailure };

const QUESTIONS = ["--show-toplevel", "--show-prefix", "--is-shallow-repository", "--show-object-format"];

/** The repository of a folder, or why there is none that can be read. */
export async function findRepository(place: GitPlace): Promise<FoundRepository> {
  const said = await runGit(place, ["rev-parse", ...QUESTIONS]);
  if (!said.ok) return said;
  const [top = "", prefix = "", shallow, format, ...rest] = stdoutText(said.stdout).split("\n");
  if (rest.length > 0 || !/^(true|false)$/.test(shallow ?? "") || !/^sha(1|256)$/.test(format ?? ""))
    return other("git does not print the repository's path; a folder's name may have a line break");
  // `core.worktree` can name any folder as the work tree: the files git compares would not be those that are read.
  if (!isSame(join(top, prefix), place.root))
    return other(`git uses ${quote(top)} as the work tree of ${quote(place.root)}; remove the setting core.worktree`);
  return { ok: true, repository: { top, prefix, shallow: shallow === "true", digits: format === "sha1" ? 40 : 64 } };
}

function isSame(one: string, two: string): boolean {
  try {
    return realpathSync(one) === realpathSync(two);
  } catch {
    return false;
  }
}

function other(reason: string): FoundRepository {
  return { ok: false, failure: { kind: "other", reason } };
}
