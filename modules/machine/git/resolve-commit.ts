import { type Known, known, unknown } from "../../known";
import { didYouMean, quote } from "../../text";
import { type Candidate, candidatesOf, commitAt } from "./candidates";
import { type CommitName, parseCommitName } from "./commit-name";
import { findRepository, type Repository } from "./repository";
import { type GitPlace, runGit, stdoutText } from "./run-git";

/** A commit that somebody named, resolved once: whatever its refs do later, this stays the commit that is meant. */
export interface GitCommit {
  /** As it was given. */
  readonly name: string;
  /** In full: `refs/remotes/origin/main`, `refs/heads/main~2`, `HEAD`, or the hash. */
  readonly ref: string;
  /** The full hash. */
  readonly commit: string;
}

/**
 * The one commit that a name means. What could mean two is refused with everything it could mean, also where git itself takes one
 * without a word. `runs`: code of the commit is going to run, so an abbreviated hash, which a stranger can make a commit for, is
 * not enough.
 */
export async function resolveCommit(
  place: GitPlace,
  name: string,
  { runs = false }: { readonly runs?: boolean } = {},
): Promise<Known<GitCommit>> {
  const parsed = parseCommitName(name);
  if (!parsed.known) return parsed;
  const found = await findRepository(place);
  if (!found.ok) return unknown(found.failure.reason);
  const { repository } = found;
  const base = await followed(place, parsed.value);
  if (!base.known) return base;
  const candidates = await candidatesOf(place, repository, base.value);
  if (!candidates.known) return unknown(`cannot tell which commit ${quote(name)} is: ${candidates.reason}`);
  const one = onlyOne(name, candidates.value, { runs, shallow: repository.shallow });
  if (one === undefined) return unknown(await unknownRef(place, repository, name));
  return one.known ? alongWay(place, repository, { ...one.value, name, way: parsed.value.way }) : one;
}

/** The commit that is checked out; no branch or tag called HEAD can take its place. */
export async function checkedOut(place: GitPlace): Promise<Known<string>> {
  const found = await findRepository(place);
  if (!found.ok) return unknown(found.failure.reason);
  const commit = await commitAt(place, "HEAD");
  if (!commit.known) return commit;
  return commit.value === undefined ? unknown("nothing is committed yet") : known(commit.value);
}

/** A branch by its name, or the full name of the branch that it follows. */
async function followed(place: GitPlace, { base, follow }: CommitName): Promise<Known<string>> {
  if (follow === undefined) return known(base);
  const branch = base === "" || base === "HEAD" ? await currentBranch(place) : known(`refs/heads/${base}`);
  if (!branch.known) return branch;
  const said = await runGit(place, ["for-each-ref", `--format=%(refname)%00%(${follow})`, "--", branch.value]);
  if (!said.ok) return unknown(said.failure.reason);
  const pairs = stdoutText(said.stdout)
    .split("\n")
    .map((line) => line.split("\0"));
  const target = pairs.find(([ref]) => ref === branch.value)?.[1] ?? "";
  return target.startsWith("refs/")
    ? known(target)
    : unknown(`${branch.value} has no ${follow} branch that this clone knows; name the branch itself`);
}

async function currentBranch(place: GitPlace): Promise<Known<string>> {
  const said = await runGit(place, ["symbolic-ref", "--quiet", "HEAD"]);
  if (said.ok) return known(stdoutText(said.stdout));
  return unknown(said.failure.kind === "no" ? "no branch is checked out; name the branch" : said.failure.reason);
}

type Chosen = Required<Pick<Candidate, "full" | "commit">>;

/** `undefined` when nothing has the name. */
function onlyOne(
  name: string,
  candidates: readonly Candidate[],
  { runs, shallow }: { readonly runs: boolean; readonly shallow: boolean },
): Known<Chosen> | undefined {
  const [one, other] = candidates;
  if (one === undefined) return undefined;
  const more = candidates.length > SHOWN ? `, and ${candidates.length - SHOWN} more` : "";
  const all = candidates.slice(0, SHOWN).map(candidateText).join("; ") + more;
  if (other !== undefined)
    return unknown(`${quote(name)} is ambiguous: it means ${all}. Give the full name of the one you mean`);
  const { full, commit, abbreviation, what } = one;
  if (commit === undefined)
    return unknown(`${quote(name)} is not a commit: it means ${full}, which leads to no commit in this clone`);
  if (abbreviation && runs)
    return unknown(`${quote(name)} is an abbreviated hash, and code of that commit would run; give all of it: ${full}`);
  if (abbreviation && shallow)
    return unknown(
      `${quote(name)} is an abbreviated hash, and this clone is shallow, so it may begin another commit's hash as well; give all of it: ${full}`,
    );
  if (full === commit && what !== undefined)
    return unknown(`no branch, tag or commit has the name ${quote(name)}: it can mean ${all}; give that hash`);
  return known({ full, commit });
}

const SHOWN = 10;

function candidateText({ full, commit, what }: Candidate): string {
  if (commit === undefined) return `${full}, which leads to no commit in this clone`;
  return what === undefined && full !== commit
    ? `${full}, commit ${commit.slice(0, 12)}`
    : what === undefined
      ? full
      : `${commit} (${what})`;
}

async function alongWay(
  place: GitPlace,
  { shallow }: Repository,
  { full, commit, name, way }: Chosen & { readonly name: string; readonly way: string },
): Promise<Known<GitCommit>> {
  const ref = full + way.replace(/\^\{(commit)?\}/g, "");
  const there = way === "" ? known(commit) : await commitAt(place, commit + way);
  if (!there.known) return unknown(`cannot tell which commit ${quote(name)} is: ${there.reason}`);
  if (there.value !== undefined) return known({ name, ref, commit: there.value });
  return unknown(
    shallow
      ? `cannot tell which commit ${quote(name)} is; ${SHALLOW}`
      : `${quote(name)} does not exist: ${full} has no such ancestor`,
  );
}

const SHALLOW = "this clone is shallow: fetch its history (git fetch --unshallow, or fetch-depth: 0)";

async function unknownRef(place: GitPlace, { shallow }: Repository, name: string): Promise<string> {
  const said = await runGit(place, ["for-each-ref", "--count=2000", "--format=%(refname:lstrip=2)"]);
  const near = said.ok && !name.startsWith("refs/") ? didYouMean(name, stdoutText(said.stdout).split("\n")) : "";
  const cure = near !== "" ? near.slice(2) : "fetch it first, or give a branch, tag or commit";
  return `unknown git ref ${quote(name)}; ${shallow ? SHALLOW : cure}`;
}
