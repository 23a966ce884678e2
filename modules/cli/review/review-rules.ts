import { lstatSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Finding } from "../../finding";
import { RULES_FILE, type RulesOfSide } from "../../review/rules/judge";
import { parseRules } from "../../review/rules/rules";
import { MAX_ROSTER_BYTES } from "../../roster/source";
import type { Context } from "../../machine/context";
import { errorCode } from "../../machine/error-code";
import { entryOf, fileOf } from "../../machine/git/objects";

/** The review rules of a commit, given by its full hash, from git's objects; what cannot be read does not hold. */
export async function rulesOfCommit(context: Context, commit: string): Promise<RulesOfSide> {
  const entries = await entryOf(context, commit, RULES_FILE);
  if (!entries.known) return unreadable(entries.reason);
  const [entry] = entries.value;
  if (entry === undefined) return "absent";
  if (entry.kind !== "file") return unreadable("it is not a regular file");
  const bytes = await fileOf(context, commit, RULES_FILE);
  return bytes.known ? parseRules({ path: RULES_FILE, bytes: bytes.value }) : unreadable(bytes.reason);
}

/** The review rules of the working tree. */
export function rulesOfFolder(context: Context): RulesOfSide {
  const path = resolve(context.root, RULES_FILE);
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return "absent";
    if (!stat.isFile()) return unreadable("it is not a regular file");
    if (stat.size > MAX_ROSTER_BYTES) return unreadable("it is too large");
    return parseRules({ path: RULES_FILE, bytes: readFileSync(path) });
  } catch (error) {
    return unreadable(errorCode(error));
  }
}

function unreadable(reason: string): RulesOfSide {
  const place = { file: RULES_FILE, line: 1, column: 1 };
  const message = `the review rules cannot be read: ${reason}`;
  const finding: Finding = { code: "unreadable-rules", severity: "error", place, message };
  return { ok: false, findings: [finding] };
}
