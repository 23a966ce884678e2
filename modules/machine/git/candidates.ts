import { lstatSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Known, known, unknown } from "../../known";
import type { Repository } from "./repository";
import { type GitPlace, runGit, stdoutText } from "./run-git";

/** Something that a name can mean. */
export interface Candidate {
  /** What to type to mean this and nothing else: a full ref, or a full hash. */
  readonly full: string;
  /** What it is, where `full` does not say it. */
  readonly what?: string;
  /** A commit's hash; absent when it leads to none, as a tag of a file does. */
  readonly commit?: string;
  /** The name is the beginning of the commit's hash. */
  readonly abbreviation?: true;
}

/**
 * All that git could take a name for, each by its full name: git itself takes the first and says nothing. Empty when nothing in this
 * clone has the name.
 */
export async function candidatesOf(
  place: GitPlace,
  { digits }: Repository,
  name: string,
): Promise<Known<readonly Candidate[]>> {
  if (isHash(name) && name.length === digits) return byHash(place, name.toLowerCase());
  const refs = await refsNamed(place, name.startsWith("refs/") ? [name] : meaningsOf(name));
  if (!refs.known || name.startsWith("refs/")) return refs;
  const more = [await inGitFolder(place, name), refs, await byAbbreviation(place, name)];
  const failed = more.find((each) => !each.known);
  if (failed !== undefined) return failed;
  const found = more.flatMap((each) => (each.known ? each.value : []));
  return withOwnReading(place, name, found);
}

/** Where git looks for a name, in its order, besides its own folder: gitrevisions. */
function meaningsOf(name: string): readonly string[] {
  return [
    `refs/${name}`,
    ...["tags", "heads", "remotes"].map((kind) => `refs/${kind}/${name}`),
    `refs/remotes/${name}/HEAD`,
  ];
}

function isHash(name: string): boolean {
  return /^[0-9a-f]{4,64}$/i.test(name);
}

async function byHash(place: GitPlace, hash: string): Promise<Known<readonly Candidate[]>> {
  const commit = await commitAt(place, hash);
  if (!commit.known) return commit;
  return known(commit.value === undefined ? [] : [{ full: hash, commit: commit.value }]);
}

/** The refs of exactly these names, loose or packed. */
async function refsNamed(place: GitPlace, names: readonly string[]): Promise<Known<readonly Candidate[]>> {
  const said = await runGit(place, ["for-each-ref", "--format=%(refname)%00%(objectname)", "--", ...names]);
  if (!said.ok) return unknown(said.failure.reason);
  const found: Candidate[] = [];
  for (const line of stdoutText(said.stdout).split("\n")) {
    const [full = "", object = ""] = line.split("\0");
    if (!names.includes(full)) continue;
    const commit = await commitAt(place, object);
    if (!commit.known) return unknown(`${full} leads to ${object.slice(0, 12)}: ${commit.reason}`);
    found.push({ full, ...(commit.value !== undefined && { commit: commit.value }) });
  }
  // In git's order, of which it takes the first.
  return known(found.sort((a, b) => names.indexOf(a.full) - names.indexOf(b.full)));
}

/** The commit that a full hash is, or that a tag with this hash leads to; none when it is something else, or not there. */
export async function commitAt(place: GitPlace, hash: string): Promise<Known<string | undefined>> {
  const said = await runGit(place, ["rev-parse", "--verify", "--quiet", `${hash}^{commit}`]);
  if (said.ok) return known(stdoutText(said.stdout));
  return said.failure.kind === "no" ? known(undefined) : unknown(said.failure.reason);
}

/** Larger than what any fetch leaves. */
const MOST_BYTES = 1_000_000;

/** HEAD, FETCH_HEAD and the like; git takes any file of its folder that holds a hash, before every branch and tag. */
async function inGitFolder(place: GitPlace, name: string): Promise<Known<readonly Candidate[]>> {
  if (name === "HEAD") {
    const commit = await commitAt(place, "HEAD");
    return commit.known ? known(commit.value === undefined ? [] : [ofFile("HEAD", commit.value, true)]) : commit;
  }
  const said = await runGit(place, ["rev-parse", "--git-path", name]);
  if (!said.ok) return unknown(said.failure.reason);
  const path = resolve(place.root, stdoutText(said.stdout));
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > MOST_BYTES) return known([]);
  const lines = readFileSync(path, "utf8").split("\n");
  const hashes = [
    ...new Set(lines.flatMap((line) => /^([0-9a-f]{40}(?:[0-9a-f]{24})?)(?=\s|$)/.exec(line)?.[1] ?? [])),
  ];
  const found: Candidate[] = [];
  for (const hash of hashes) {
    const commit = await commitAt(place, hash);
    if (!commit.known) return commit;
    found.push(ofFile(name, commit.value, hashes.length === 1 && /^[A-Z_]+$/.test(name)));
  }
  return known(found);
}

/** A name in capitals means git's own file of it, if that holds only one commit. */
function ofFile(name: string, commit: string | undefined, alone: boolean): Candidate {
  if (commit === undefined) return { full: name };
  return {
    full: alone ? name : commit,
    commit,
    what: name === "HEAD" ? "what is checked out" : `the file ${name} in git's folder`,
  };
}

async function byAbbreviation(place: GitPlace, name: string): Promise<Known<readonly Candidate[]>> {
  if (!isHash(name)) return known([]);
  const said = await runGit(place, ["rev-parse", `--disambiguate=${name.toLowerCase()}`]);
  if (!said.ok) return said.failure.kind === "no" ? known([]) : unknown(said.failure.reason);
  const found: Candidate[] = [];
  for (const hash of stdoutText(said.stdout).split("\n").filter(isHash)) {
    const commit = await commitAt(place, hash);
    if (!commit.known) return commit;
    // A tag of its own hash and the commit it leads to are two.
    if (commit.value !== undefined) found.push({ full: hash, commit: commit.value, abbreviation: true });
  }
  return known(found);
}

/** What git itself takes the name for, unless it is among what was found: `v1-1-gabc1234`, `worktrees/x/HEAD`. */
async function withOwnReading(
  place: GitPlace,
  name: string,
  found: readonly Candidate[],
): Promise<Known<readonly Candidate[]>> {
  // Ambiguous already; and of two hashes that begin alike git speaks as of a failure.
  if (found.length > 1) return known(found);
  const own = await commitAt(place, name);
  if (!own.known) return own;
  const commit = own.value;
  if (commit === undefined || found.some((each) => each.commit === commit)) return known(found);
  return known([...found, { full: commit, commit, what: "what git takes it for" }]);
}
