import { changedLines } from "../../client/profiles/block-diff";
import type { AwsFiles } from "../../client/aws-files/reading";
import { readOtherwise, refusals } from "../../client/profiles/alike";
import { putBlock, readMarked, removeBlock } from "../../client/profiles/block";
import { clashes, nearClashes, type OtherFile } from "../../client/profiles/clashes";
import { introduction, isFor } from "../../client/profiles/compose";
import type { StyleName } from "../../client/profiles/style-names";
import type { Context } from "../../machine/context";
import { credentialsPath } from "../devices/aws-files";
import { removeCopies } from "../../machine/profiles-copies";
import { editConfigFile } from "./profiles-edit";
import type { Answer } from "../answer";
import { dataOf, type Given } from "./profiles-given";
import { readConfigText } from "../../machine/profiles-file";
import { countOf } from "../../words";
import { Refusal } from "../../refusal";

interface WriteOptions {
  readonly style: StyleName;
  readonly prefix: string;
  readonly sourceProfile?: string | undefined;
  /** Show what would change, and write nothing. */
  readonly dryRun?: boolean | undefined;
}

/** Puts a person's profiles into the config file, in the place of those it has. Exit 0, or 1 when `--dry-run` shows a change. */
export async function writeProfiles(
  context: Context,
  path: string,
  given: Given,
  options: WriteOptions,
): Promise<Answer> {
  const warnings = new Set<string>();
  const made = (text: string | undefined) => {
    const { after, near } = withProfiles(context, path, text, given, options);
    for (const each of near) warnings.add(`warning: ${each}`);
    return after;
  };
  const data = dataOf(given);
  if (options.dryRun) {
    const shown = showChange(path, made, { ...data, written: false });
    return { ...shown, talk: [...warnings, ...(shown.talk ?? [])] };
  }
  const { changed, backup } = await editConfigFile(path, (text) => ({
    text: made(text),
    // A block of ours can be made again at any time; what its owner wrote cannot.
    keep: text !== undefined && readMarked(text, path).block === undefined,
  }));
  const names = countOf(given.profiles.length, "profile", "profiles");
  return {
    exit: 0,
    data: { ...data, written: true, file: path, changed, backup },
    talk: [
      ...warnings,
      ...(backup === undefined ? [] : [`backup of the file: ${backup}`]),
      changed ? `${path}: ${names} of ${given.owner.person}${tryOut(given)}` : `${path}: nothing to change`,
    ],
  };
}

/** The text with the profiles in it, and what one should know about names next to them. */
interface Filled {
  readonly after: string | undefined;
  readonly near: readonly string[];
}

function withProfiles(
  context: Context,
  path: string,
  text: string | undefined,
  given: Given,
  options: WriteOptions,
): Filled {
  const { before, block, after } = readMarked(text ?? "", path);
  if (block !== undefined && !isFor(block.text, given.owner))
    throw new Refusal(
      `${path} has the profiles of another person or organization; remove them first with --undo, or write these elsewhere with --file`,
    );
  if (given.names.length === 0) return { after: text === undefined ? undefined : removeBlock(text, path), near: [] };
  const blank = (block?.text ?? "").replace(/[^\r\n]/g, "");
  const credentials = credentialsPath(context);
  const others: OtherFile[] = [
    { path, text: `${before}${blank}${after}` },
    { path: credentials, text: readConfigText(credentials, "name another with AWS_SHARED_CREDENTIALS_FILE") ?? "" },
  ];
  const found = clashes(given.names, others);
  if (found.length > 0) throw new Refusal([...found, NOTHING]);
  const content = `${introduction(given.owner, typedOf(options))}${given.text}`;
  const made = putBlock(text, Buffer.from(content, "utf8").toString("latin1"), path);
  const files = { config: utf8(made), credentials: utf8(others[1]?.text ?? "") };
  expectReadable(files, utf8(text ?? ""));
  const problem = readOtherwise(given.text, files, given.names);
  if (problem !== undefined) throw new Refusal([problem, NOTHING]);
  return { after: made, near: nearClashes(given.names, others) };
}

const NOTHING = "nothing was written";

/** What is typed to make the same block again. */
function typedOf({ style, prefix, sourceProfile }: WriteOptions): readonly string[] {
  return [
    ...(style === "session" ? [] : ["--style", style]),
    ...(prefix === "" ? [] : ["--prefix", prefix]),
    ...(sourceProfile === undefined ? [] : ["--source-profile", sourceProfile]),
  ];
}

/** A client that refuses the file reads nothing that is written into it. Lines are those of the config file as it is, where it has the fault. */
function expectReadable(files: AwsFiles, config: string): void {
  const later = refusals(files);
  if (later.length === 0) return;
  const now = refusals({ ...files, config });
  throw new Refusal([...(now.length > 0 ? now : later), NOTHING]);
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

function tryOut({ style, profiles }: Given): string {
  const name = (profiles.find(({ short }) => short) ?? profiles[0])?.name;
  const direct = style === "session" || style === "cli" || style === "login";
  return direct && name !== undefined ? `; try: aws sts get-caller-identity --profile ${name}` : "";
}

/** Removes the block: the file is then, byte for byte, what it is without it. Exit 0, or 1 when `--dry-run` shows a change. */
export async function undoProfiles(path: string, { dryRun }: Pick<WriteOptions, "dryRun">): Promise<Answer> {
  const data = { ok: true, undo: true };
  const without = (text: string | undefined) => (text === undefined ? undefined : removeBlock(text, path));
  if (dryRun) return showChange(path, without, data);
  const now = readConfigText(path);
  const { changed } =
    now === undefined
      ? { changed: false }
      : await editConfigFile(path, (text) => ({ text: without(text), keep: false }));
  const left = changed ? readConfigText(path) : undefined;
  const removed = left === undefined ? [] : removeCopies(path, left);
  return {
    exit: 0,
    data: { ...data, file: path, changed, removed },
    talk: [changed ? `${path}: the block of rolecall is removed` : `${path}: there is no block of rolecall`],
  };
}

function showChange(path: string, edit: (text: string | undefined) => string | undefined, data: object): Answer {
  const before = readConfigText(path);
  const after = edit(before);
  const changed = before !== after;
  const lines = changed ? changedLines(before ?? "", after ?? "") : [];
  return {
    exit: changed ? 1 : 0,
    data: { ...data, file: path, changed, lines },
    text: changed ? `${path}\n${lines.join("\n")}\n` : "",
    talk: changed ? [] : [`${path}: nothing to change`],
  };
}
