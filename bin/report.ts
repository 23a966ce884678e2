import { resolve } from "node:path";
import { formatFinding } from "../modules/finding";
import { renderDocument } from "../modules/report/html/document";
import { type Base, buildPicture } from "../modules/report/picture/build";
import { diffAccess } from "../modules/review/diff-access";
import type { Roster } from "../modules/roster/roster";
import { quote } from "../modules/text";
import type { Context } from "./context";
import { type GitRoster, readGitRoster } from "./git-roster";
import { pageAssets } from "./page-assets";
import { readRoster } from "./read-roster";
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

/**
 * Writes who may take which role on one day as one page, the same bytes all day: access at the day's first instant in UTC, so
 * what ends during the day is still there. Nothing of the base is run. Exit 0 written, 2 not.
 */
export async function report(context: Context, options: ReportOptions): Promise<number> {
  const now = dayOf(options.date ?? context.now.toISOString().slice(0, 10));
  if (now === undefined) return refuse(context, `${quote(options.date ?? "")} is no day; write it as 2026-11-22`);
  const then: Context = { ...context, now };
  const roster = usable(context, "the working tree", await readRoster(then, options.roster));
  if (roster === undefined || roster === "absent") return 2;
  const base = await readBase(then, options, roster);
  if (base === "unusable") return 2;
  const picture = buildPicture(roster, now, base === undefined ? {} : { base });
  const html = renderDocument(picture, pageAssets(context.home));
  const refused = writeReport(resolve(context.root, options.out), html, options.force);
  if (refused !== undefined) return refuse(context, refused);
  const { day, comparison } = picture;
  const people = roster.people.length;
  if (options.json)
    context.stdout(
      `${JSON.stringify({ schemaVersion: 1, command: "report", ok: true, out: options.out, day, people, accounts: roster.accounts.length, ...(comparison ? { comparison } : {}) })}\n`,
    );
  else context.stderr(`wrote ${options.out}: ${people} people on ${day}; readable by you alone, as it is internal\n`);
  return 0;
}

function refuse(context: Context, reason: string): number {
  context.stderr(`${reason}\n`);
  return 2;
}

/** `undefined` for what is no day of the calendar. */
function dayOf(text: string): Date | undefined {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
    ? day
    : undefined;
}

async function readBase(
  context: Context,
  { base: name, roster: path }: ReportOptions,
  head: Roster,
): Promise<Base | undefined | "unusable"> {
  if (name === undefined) return undefined;
  const base = usable(context, name, await readGitRoster(context, name, path));
  if (base === undefined) return "unusable";
  if (base === "absent") {
    const nothing = { ...head, accounts: [], people: [], teams: [] };
    return { name, roster: nothing, notes: [`${quote(name)} has no roster, so everything is new`] };
  }
  const changes = diffAccess(base, head, context.now);
  // What a person gains or loses in an account is a cell; the rest has none.
  const beside = changes.filter(({ person, account }) => person === undefined || account === "user");
  return { name, roster: base, notes: beside.map(({ sentence }) => sentence) };
}

/** The roster of one side; its findings and what is wrong with it go to standard error. */
function usable(context: Context, side: string, read: GitRoster): Roster | "absent" | undefined {
  if (read.ok === "absent") return "absent";
  if (read.ok === "unreadable") {
    context.stderr(`${read.reason}\n`);
    return undefined;
  }
  for (const finding of read.findings) context.stderr(`${side}: ${formatFinding(finding)}\n`);
  if (read.ok) return read.value;
  context.stderr(`the roster of ${side} does not hold, so there is nothing to show; no report was written\n`);
  return undefined;
}
