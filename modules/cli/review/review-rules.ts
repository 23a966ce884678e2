import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Finding } from "../../finding";
import { RULES_FILE, type RulesOfSide } from "../../review/rules/judge";
import type { AccessChange } from "../../review/access-change";
import { abilitiesFrom } from "../../review/reviewed";
import type { Abilities } from "../../review/rules/abilities";
import { parseRules } from "../../review/rules/rules";
import { MAX_ROSTER_BYTES } from "../../roster/source";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { reviewSources } from "./sources";
import { errorCode } from "../../machine/error-code";
import { entriesIn, entryOf, fileOf } from "../../machine/git/objects";
import { runGit } from "../../machine/git/run-git";

/** Findings with this code mean that there are rules, and what they say is not known. */
export const UNREADABLE_RULES = "unreadable-rules";

/** The review rules of a commit, given by its full hash, from git's objects; what cannot be read does not hold. */
export async function rulesOfCommit(context: Context, commit: string): Promise<RulesOfSide> {
  const entries = await entryOf(context, commit, RULES_FILE);
  if (!entries.known) return unreadable(entries.reason);
  const names = await entriesIn(context, commit, "");
  if (!names.known && entries.value.length > 0) return unreadable(names.reason);
  // A commit before the project moved here has no such folder.
  const other = otherName((names.known ? names.value : []).map(({ name }) => name));
  if (other !== undefined) return unreadable(other);
  const [entry] = entries.value;
  if (entry === undefined) return "absent";
  if (entry.kind !== "file") return unreadable("it is not a regular file");
  const bytes = await fileOf(context, commit, RULES_FILE);
  return bytes.known ? parseRules({ path: RULES_FILE, bytes: bytes.value }) : unreadable(bytes.reason);
}

/**
 * Rules that the base has in another folder, and that are no longer there: a project that moves would leave its rules behind and
 * set others for the first time.
 */
export async function movedRules(context: Context, base: string, head?: string): Promise<readonly AccessChange[]> {
  const diff = ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--diff-filter=DT"];
  const commits = [base, ...(head === undefined ? [] : [head])];
  const gone = await runGit(context, [...diff, ...commits, "--", `:(top,glob)**/${RULES_FILE}`]);
  if (!gone.ok) return [{ direction: "unknown", kind: "rules-unknown", reason: gone.failure.reason }];
  const [first] = gone.stdout.toString().split("\0");
  if (first === undefined || first === "") return [];
  return [{ direction: "unknown", kind: "rules-moved", before: first }];
}

/** The review rules of the working tree. */
export function rulesOfFolder(context: Context): RulesOfSide {
  const path = resolve(context.root, RULES_FILE);
  try {
    const other = otherName(readdirSync(context.root));
    if (other !== undefined) return unreadable(other);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return "absent";
    if (!stat.isFile()) return unreadable("it is not a regular file");
    if (stat.size > MAX_ROSTER_BYTES) return unreadable("it is too large");
    return parseRules({ path: RULES_FILE, bytes: readFileSync(path) });
  } catch (error) {
    return unreadable(errorCode(error));
  }
}

/** A file that somebody takes for the rules, and that nothing reads. */
function otherName(names: readonly string[]): string | undefined {
  const other = names.find((name) => name !== RULES_FILE && /^review\.ya?ml$/i.test(name));
  return other && `the file ${quote(other)} is not read; rename it to ${RULES_FILE}, or remove it`;
}

/** What tiers can do, by the policies and the catalogue of this installation; read when something first asks. */
export function abilitiesOf(context: Context): Abilities {
  return abilitiesFrom(reviewSources(context));
}

function unreadable(reason: string): RulesOfSide {
  const place = { file: RULES_FILE, line: 1, column: 1 };
  const message = `the review rules cannot be read: ${reason}`;
  const finding: Finding = { code: UNREADABLE_RULES, severity: "error", place, message };
  return { ok: false, findings: [finding] };
}
