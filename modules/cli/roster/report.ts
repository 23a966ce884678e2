import { resolve } from "node:path";
import { jsonText } from "../json-text";
import { formatFinding } from "../../finding";
import { renderPage } from "../../report/html/document";
import { type Base, buildPicture } from "../../report/picture/build";
import { diffAccess } from "../../review/diff-access";
import type { Roster } from "../../roster/roster";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { checkedOut, type GitCommit, resolveCommit } from "../../machine/git/resolve-commit";
import { commitText, type WorkingTree } from "../../review/sides";
import { managedPolicies } from "../proof/proof-data";
import { dayOf } from "./day";
import { type GitRoster, readGitRoster } from "./git-roster";
import { pageAssets } from "./page-assets";
import { readRoster } from "./read-roster";
import { limitsOf } from "./report-limits";
import { abilitiesOf, rulesOfCommit, rulesOfFolder } from "../review/review-rules";
import { tellMissing } from "./tell-missing";
import { writeReport } from "./write-report";

export interface ReportOptions {
  readonly out: string;
  /** Git ref to compare with. */
  readonly base?: string;
  /** `2026-11-22`; today without one. */
  readonly date?: string;
  readonly roster?: string;
  readonly force: boolean;
  readonly json: boolean;
}

/** Why there is no report; every reason is one line. */
class Refused extends Error {
  constructor(readonly reasons: readonly string[]) {
    super(reasons.join("\n"));
  }
}

/**
 * Writes who may take which role on one day as one page, the same bytes all day: access at the day's first instant in UTC, so
 * what ends during the day is still there. Nothing of the base is run. Exit 0 written, 2 not.
 */
export async function report(context: Context, options: ReportOptions): Promise<number> {
  const answer = (data: object) => (options.json ? context.stdout(jsonText("report", data)) : undefined);
  try {
    answer({ ok: true, out: options.out, ...(await write(context, options)) });
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    for (const reason of error.reasons) context.stderr(`${reason}\n`);
    answer({ ok: false, reasons: error.reasons });
    return 2;
  }
}

async function write(context: Context, { out, base: name, date, roster: path, force }: ReportOptions): Promise<object> {
  if (out === "-")
    throw new Refused(["a report is a file for its owner alone, not standard output; name it, such as access.html"]);
  const now = dayOf(date ?? context.now.toISOString().slice(0, 10));
  if (now === undefined) throw new Refused([`${quote(date ?? "")} is no day; write it as 2026-11-22`]);
  const then: Context = { ...context, now };
  const commit = name === undefined ? undefined : await resolved(context, name);
  const roster = usable(context, "", await readRoster(then, path));
  const base = commit && (await readBase(then, commit, path, roster));
  const tree = await workingTree(context);
  if (commit !== undefined) await tellMissing(context, commit.commit, tree.commit);
  // The rules of the base, if there is one: a change is not measured by rules of its own.
  const rules = commit === undefined ? rulesOfFolder(context) : await rulesOfCommit(context, commit.commit);
  const found = limitsOf(rules, base === undefined ? [roster] : [base.roster, roster], abilitiesOf(context));
  if ("wrong" in found) throw new Refused([...found.wrong, "the review rules do not hold; nothing was written"]);
  const picture = buildPicture(roster, now, { ...found, ...(base === undefined ? {} : { base }) });
  const html = renderPage(picture, pageAssets(context.home));
  const refused = writeReport(resolve(context.root, out), html, force);
  if (refused !== undefined) throw new Refused([refused]);
  const { day, comparison } = picture;
  const people = roster.people.length;
  const against = commit === undefined ? "" : ` against ${commitText(commit)}`;
  context.stderr(
    `wrote ${quote(out)}, access on ${day}${against}; only you can read it, for it says who may reach what\n`,
  );
  const sides = commit && { base: commit, head: tree };
  return { day, people, accounts: roster.accounts.length, ...sides, ...(comparison ? { comparison } : {}) };
}

async function workingTree(context: Context): Promise<WorkingTree> {
  const commit = await checkedOut(context);
  return { workingTree: true, ...(commit.known && { commit: commit.value }) };
}

async function resolved(context: Context, name: string): Promise<GitCommit> {
  const commit = await resolveCommit(context, name);
  if (!commit.known) throw new Refused([commit.reason]);
  return commit.value;
}

async function readBase(context: Context, commit: GitCommit, path: string | undefined, head: Roster): Promise<Base> {
  const name = commitText(commit);
  const read = await readGitRoster(context, commit, path);
  if (read.ok === "absent") {
    const nothing = { ...head, accounts: [], people: [], teams: [] };
    return { name, roster: nothing, notes: [`${quote(name)} has no roster, so everything is new`] };
  }
  const roster = usable(context, `${quote(name)}: `, read);
  const changes = diffAccess(roster, head, context.now, managedPolicies(context));
  // What a person gains or loses in an account is a cell; the rest has none.
  const beside = changes.filter(({ person, account }) => person === undefined || account === "user");
  return { name, roster, notes: beside.map(({ sentence }) => sentence) };
}

/** The roster of one side; warnings go to standard error. */
function usable(context: Context, side: string, read: Exclude<GitRoster, { ok: "absent" }>): Roster {
  if (read.ok === "unreadable") throw new Refused([read.reason]);
  const found = read.findings.map((finding) => side + formatFinding(finding));
  if (!read.ok)
    throw new Refused([...found, "the roster does not hold, so there is nothing to show; nothing was written"]);
  for (const line of found) context.stderr(`${line}\n`);
  return read.value;
}
