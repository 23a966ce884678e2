import { changedLines } from "../../client/profiles/block-diff";
import { jsonText } from "../json-text";
import type { AwsFiles } from "../../client/aws-files/reading";
import { readOtherwise, refusals } from "../../client/profiles/alike";
import { putBlock, readMarked, removeBlock } from "../../client/profiles/block";
import { clashes, nearClashes, type OtherFile } from "../../client/profiles/clashes";
import { introduction, isFor } from "../../client/profiles/compose";
import type { Context } from "../../machine/context";
import { credentialsPath } from "../devices/aws-files";
import { removeCopies } from "../../machine/profiles-copies";
import { editConfigFile } from "./profiles-edit";
import { dataOf, type Given, type ProfilesOptions } from "./profiles-given";
import { readConfigText } from "../../machine/profiles-file";
import { countOf } from "../../words";
import { Refusal } from "../../refusal";

/** Puts a person's profiles into the config file, in the place of those it has. Exit 0, or 1 when `--dry-run` shows a change. */
export async function writeProfiles(
  context: Context,
  path: string,
  given: Given,
  options: ProfilesOptions,
): Promise<number> {
  const { dryRun, json } = options;
  const made = (text: string | undefined) => withProfiles(context, path, text, given, options);
  if (dryRun) return showChange(context, path, made(readConfigText(path)), { ...dataOf(given), written: false }, json);
  const edited = await editConfigFile(path, (text) => ({
    text: made(text),
    // A block of ours is made anew any time; what its owner wrote is not.
    keep: text !== undefined && readMarked(text, path).block === undefined,
  }));
  const { changed, backup } = edited;
  if (json) context.stdout(jsonText("profiles", { ...dataOf(given), written: true, file: path, changed, backup }));
  if (backup !== undefined) context.stderr(`as it was: ${backup}\n`);
  const names = countOf(given.profiles.length, "profile", "profiles");
  context.stderr(
    changed ? `${path}: ${names} of ${given.owner.person}${tryOut(given)}\n` : `${path}: nothing to change\n`,
  );
  return 0;
}

function withProfiles(
  context: Context,
  path: string,
  text: string | undefined,
  given: Given,
  { style, prefix, sourceProfile }: ProfilesOptions,
): string | undefined {
  const { before, block, after } = readMarked(text ?? "", path);
  if (block !== undefined && !isFor(block.text, given.owner))
    throw new Refusal(
      `${path} has the profiles of somebody else, or of another organization; take them away first with --undo, or write these elsewhere with --file`,
    );
  if (given.names.length === 0) return text === undefined ? undefined : removeBlock(text, path);
  const blank = (block?.text ?? "").replace(/[^\r\n]/g, "");
  const credentials = credentialsPath(context);
  const others: OtherFile[] = [
    { path, text: `${before}${blank}${after}` },
    { path: credentials, text: readConfigText(credentials, "name another with AWS_SHARED_CREDENTIALS_FILE") ?? "" },
  ];
  const found = clashes(given.names, others);
  if (found.length > 0) throw new Refusal([...found, "nothing was written"].join("\n"));
  for (const near of nearClashes(given.names, others)) context.stderr(`warning: ${near}\n`);
  const typed = [
    ...(style === "session" ? [] : ["--style", style]),
    ...(prefix === "" ? [] : ["--prefix", prefix]),
    ...(sourceProfile === undefined ? [] : ["--source-profile", sourceProfile]),
  ];
  const content = `${introduction(given.owner, typed)}${given.text}`;
  const made = putBlock(text, Buffer.from(content, "utf8").toString("latin1"), path);
  const files = { config: utf8(made), credentials: utf8(others[1]?.text ?? "") };
  expectReadable(files, utf8(text ?? ""));
  const problem = readOtherwise(given.text, files, given.names);
  if (problem !== undefined) throw new Refusal(`${problem}\nnothing was written`);
  return made;
}

/** A client that refuses the file reads nothing that is written into it. Lines are those of the config file as it is, where it has the fault. */
function expectReadable(files: AwsFiles, config: string): void {
  const later = refusals(files);
  if (later.length === 0) return;
  const now = refusals({ ...files, config });
  throw new Refusal([...(now.length > 0 ? now : later), "nothing was written"].join("\n"));
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

function tryOut({ style, profiles }: Given): string {
  const name = (profiles.find(({ short }) => short) ?? profiles[0])?.name;
  const direct = style === "session" || style === "cli" || style === "login";
  return direct && name !== undefined ? `; try: aws sts get-caller-identity --profile ${name}` : "";
}

/** Takes the block away: the file is then, byte for byte, what it is without it. Exit 0, or 1 when `--dry-run` shows a change. */
export async function undoProfiles(
  context: Context,
  path: string,
  { dryRun, json }: Pick<ProfilesOptions, "dryRun" | "json">,
): Promise<number> {
  const data = { ok: true, undo: true };
  const without = (text: string | undefined) => (text === undefined ? undefined : removeBlock(text, path));
  if (dryRun) return showChange(context, path, without(readConfigText(path)), data, json);
  const now = readConfigText(path);
  const { changed } =
    now === undefined
      ? { changed: false }
      : await editConfigFile(path, (text) => ({ text: without(text), keep: false }));
  const left = changed ? readConfigText(path) : undefined;
  const removed = left === undefined ? [] : removeCopies(path, left);
  if (json) context.stdout(jsonText("profiles", { ...data, file: path, changed, removed }));
  context.stderr(changed ? `${path}: our block is gone\n` : `${path}: no block of ours\n`);
  return 0;
}

function showChange(context: Context, path: string, after: string | undefined, data: object, json: boolean): number {
  const before = readConfigText(path);
  const changed = before !== after;
  const lines = changed ? changedLines(before ?? "", after ?? "") : [];
  if (json) context.stdout(jsonText("profiles", { ...data, file: path, changed, lines }));
  else if (changed) context.stdout(`${path}\n${lines.join("\n")}\n`);
  else context.stderr(`${path}: nothing to change\n`);
  return changed ? 1 : 0;
}
