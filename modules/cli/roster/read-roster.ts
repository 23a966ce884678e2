import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Checked, Finding } from "../../finding";
import { ignoredText, NOT_REGULAR, roleOfName, TWO_ROSTERS } from "../../roster/folder-names";
import { parseRoster } from "../../roster/parse";
import type { Roster } from "../../roster/roster";
import { Refusal } from "../../refusal";
import { MAX_ROSTER_BYTES, type SourceFile } from "../../roster/source";
import { compareText, quote } from "../../text";
import type { Context } from "../../machine/context";

/** Findings with this code mean that there is nothing to judge. */
export const UNREADABLE = "unreadable-roster";

/**
 * The checked roster at `path`, else at ROLECALL_ROSTER, else in roster.yaml or the folder roster/. Sizes are looked at before
 * anything is read, and only regular files are.
 */
export async function readRoster(context: Context, path?: string): Promise<Checked<Roster>> {
  const read = readSources(context, path);
  return "files" in read ? parseRoster(read.files, context.now) : { ok: false, findings: read.findings };
}

/** The roster with its warnings. Throws a `Refusal` with every finding where it does not hold. */
export async function expectRoster(
  context: Context,
  path?: string,
): Promise<{ readonly roster: Roster; readonly findings: readonly Finding[] }> {
  const { findings, ...read } = await readRoster(context, path);
  if (read.ok) return { roster: read.value, findings };
  throw new Refusal("the roster does not hold; rolecall check shows every finding", { findings });
}

/** A file of the roster, with where it lies; `path` is what messages call it. */
export interface RosterFile extends SourceFile {
  readonly location: string;
}

export type RosterFiles = { readonly files: readonly RosterFile[] } | { readonly findings: readonly Finding[] };

/** The files of the roster as they are, not parsed; chosen as `readRoster` says. */
export function readSources(context: Context, path?: string): RosterFiles {
  const named = path ?? context.env["ROLECALL_ROSTER"];
  const given = named === "" ? "." : named;
  if (given === undefined && exists(resolve(context.root, "roster.yaml")) && exists(resolve(context.root, "roster")))
    return { findings: [unreadable("roster.yaml", TWO_ROSTERS, "two-rosters")] };
  const chosen =
    given ?? ["roster.yaml", "roster"].find((name) => exists(resolve(context.root, name))) ?? "roster.yaml";
  try {
    return filesAt(context.root, resolve(context.root, chosen), chosen);
  } catch (error) {
    const reason =
      typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown reason";
    return {
      findings: [
        unreadable(
          chosen,
          reason === "ENOENT"
            ? `there is no such file${above(context.root, chosen)}; write roster.yaml, or name one with --roster`
            : `the roster cannot be read: ${reason}`,
        ),
      ],
    };
  }
}

/** Where one is in a folder above, for who is in a folder of the project. */
function above(root: string, name: string): string {
  for (let folder = dirname(root); folder !== dirname(folder); folder = dirname(folder))
    if (!isAbsolute(name) && exists(join(folder, name)))
      return `, but there is one in ${quote(folder)}: run this there`;
  return "";
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function unreadable(file: string, message: string, code = UNREADABLE): Finding {
  return { code, severity: "error", place: { file, line: 1, column: 1 }, message };
}

function filesAt(root: string, path: string, shown: string): RosterFiles {
  const folder = statSync(path).isDirectory();
  const entries = folder ? readdirSync(path, { withFileTypes: true }) : [];
  const named = (role: string) => entries.filter((entry) => roleOfName(entry.name, entry.isDirectory()) === role);
  const ignored = named("ignored");
  if (ignored.length > 0)
    return { findings: ignored.map(({ name }) => unreadable(`${shown}/${name}`, ignoredText(name), "ignored-file")) };
  const paths = folder
    ? named("part")
        .map(({ name }) => name)
        .sort(compareText)
        .map((name) => resolve(path, name))
    : [path];
  if (paths.length === 0) return { findings: [unreadable(shown, "the folder holds no .yaml file; write one")] };
  const names = paths.map((file) => [file, shownAs(root, file)] as const);
  const findings = names.flatMap(([file, name]) => refusal(file, name, folder));
  return findings.length > 0
    ? { findings }
    : { files: names.map(([file, name]) => ({ path: name, location: file, bytes: readFileSync(file) })) };
}

function shownAs(root: string, file: string): string {
  const below = relative(root, file);
  return below.startsWith("..") ? file : below;
}

/** The roster itself may be a link on this machine; in a commit, which a review reads, it may not. */
function refusal(file: string, name: string, inFolder: boolean): readonly Finding[] {
  const stat = inFolder ? lstatSync(file) : statSync(file);
  if (!stat.isFile()) return [unreadable(name, `${quote(name)} ${NOT_REGULAR}`)];
  const message = `the file has ${stat.size} bytes, and a roster may have ${MAX_ROSTER_BYTES}; is this the right file?`;
  return stat.size > MAX_ROSTER_BYTES ? [unreadable(name, message, "file-too-large")] : [];
}
