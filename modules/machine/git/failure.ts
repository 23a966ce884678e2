import { quote, visible } from "../../text";

export type GitFailureKind =
  /** There is no git, or it cannot be started. */
  | "not-installed"
  | "not-a-repository"
  /** Git refuses the settings of a repository of another user: safe.directory. */
  | "foreign-owner"
  /** The clone is partial or damaged: an object is named, and not there. */
  | "missing-object"
  | "too-large"
  | "too-slow"
  /** Git was asked a question, and says no: an exit code, and not a word. */
  | "no"
  | "other";

/** Why git gave no answer: never a fact about what it was asked, but for `no`. */
export interface GitFailure {
  readonly kind: GitFailureKind;
  /** One line: what happened, and what to do. */
  readonly reason: string;
}

/** What git printed on standard error, in English, as a failure. */
export function failureFrom(stderr: string, exit: string): GitFailure {
  const said = sentenceIn(stderr);
  if (said === "" || /: expected commit type, but /.test(said)) return { kind: "no", reason: `git failed: ${exit}` };
  const owned = /(?:detected dubious ownership in repository at|unsafe repository) \(?'([^'\n]*)'/.exec(stderr)?.[1];
  if (owned !== undefined) return { kind: "foreign-owner", reason: foreignOwner(owned) };
  if (/not a git repository/.test(stderr))
    return { kind: "not-a-repository", reason: `this folder is not in a git repository (git says: ${said})` };
  if (
    /promisor remote|lazy fetching disabled|transport '[^']*' not allowed|missing (blob|tree|commit|object)|unable to read [0-9a-f]{40}/.test(
      stderr,
    )
  )
    return { kind: "missing-object", reason: missingObject(said) };
  return { kind: "other", reason: `git failed (it says: ${said})` };
}

function foreignOwner(folder: string): string {
  return `the repository ${quote(folder)} belongs to another user, so git does not read it; if you trust it: git config --global --add safe.directory ${shellWord(folder)}`;
}

function missingObject(said: string): string {
  return `this clone lacks objects of the commit; fetch them: git fetch --refetch --no-filter (git says: ${said})`;
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${visible(text).replace(/'/g, "'\\''")}'`;
}

/** The first line that says why, without what a terminal could make something of; nothing where git only hints and warns. */
function sentenceIn(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !/^(hint|warning):/.test(line));
  const fatal = lines.find((line) => /^(fatal|error): /.test(line)) ?? lines[0] ?? "";
  return visible(fatal.replace(/^(fatal|error): /, "").trim()).slice(0, 300);
}
