import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SynthesizedStack } from "./manifest";
import { explainOrphans } from "./orphans";

const MAX_ERRORS = 3;
const MAX_CHARS = 300;
/** Terraform frames its messages with these. */
const FRAME = /^[\s\u2502\u2577\u2575|]+/;

/** What went wrong in the part of a log that one Terraform call wrote: first lines of its errors, cures first. */
export function explainFailure(log: string, stack: SynthesizedStack): readonly string[] {
  return [...lostState(stack), ...lockedState(log, stack), ...explainOrphans(log, stack), ...errorLines(log)];
}

/** The file Terraform leaves when it could not save a state; while it exists the saved state is behind reality. */
export function unsavedState({ folder }: SynthesizedStack): string | undefined {
  const file = join(folder, "errored.tfstate");
  return existsSync(file) ? file : undefined;
}

function lostState(stack: SynthesizedStack): readonly string[] {
  return unsavedState(stack) === undefined ? [] : [unsavedStateMessage(stack)];
}

export function unsavedStateMessage({ name, folder }: SynthesizedStack): string {
  return (
    `the state of stack ${name} could not be saved and is in ${join(folder, "errored.tfstate")}; make its destination writable, ` +
    `then: cd ${folder} && terraform state push errored.tfstate && rm errored.tfstate`
  );
}

/**
 * Only what names the lock says that there is one: Terraform heads a lock that it may not write (no right, no folder) with the
 * same words, and a wait would have no end.
 */
function lockedState(log: string, { folder }: SynthesizedStack): readonly string[] {
  const isLocal = /resource temporarily unavailable/.test(log);
  const id = lockField(log, "ID");
  if (!/Error acquiring the state lock/.test(log) || !(isLocal || id !== undefined)) return [];
  const wait = "wait for that run and try again";
  // HCP Terraform's lock has the workspace for an id, and "Who" and "Created" are of the run that asks, not of the holder.
  if (id?.includes("/"))
    return [
      `the workspace ${id} is locked; HCP Terraform shows who holds the lock: ${wait}, or unlock the workspace there`,
    ];
  const holder = `${lockField(log, "Who") ?? "someone"} since ${lockField(log, "Created") ?? "an unknown time"}`;
  const cure = isLocal
    ? `${wait} (the lock of a local state ends with its process)`
    : `wait for that run; only if it has certainly ended: cd ${folder} && terraform force-unlock ${id ?? "<id>"}`;
  return [`the state is locked by ${holder}: ${cure}`];
}

function lockField(log: string, name: string): string | undefined {
  return new RegExp(`^[\\s\\u2502]*${name}:\\s+(\\S.*?)\\s*$`, "m").exec(log)?.[1];
}

/** `Error: ...` lines with the sentence below them, as far as there is one. */
function errorLines(log: string): readonly string[] {
  const lines = log.split("\n").map((line) => line.replace(FRAME, "").trimEnd());
  const errors = lines.flatMap((line, at) => {
    if (!/^Error: /.test(line)) return [];
    const detail = paragraphAfter(lines, at).join(" ");
    return [plain(detail === "" ? line : `${line}: ${detail}`)];
  });
  return errors.slice(0, MAX_ERRORS);
}

/** The first lines below an error that say more, to the next empty line; not where in the JSON it is. */
function paragraphAfter(lines: readonly string[], at: number): readonly string[] {
  const rest = lines.slice(at + 1);
  const from = rest.findIndex((line) => line !== "" && !/^(with |on |\d+: )/.test(line));
  const text = from < 0 ? [] : rest.slice(from);
  const end = text.findIndex((line) => line === "" || line.startsWith("Error: "));
  return end < 0 ? text : text.slice(0, end);
}

/** No control characters: what a server answers ends up in a person's terminal. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, " ").slice(0, MAX_CHARS);
}

/** True when a call failed because the stack's folder is not initialized for what it needs now. */
export function needsInit(log: string): boolean {
  return /(terraform|tofu) init|Backend initialization required|Required plugins are not installed/.test(log);
}

/** True when a plan says in so many words that there is nothing to do. */
export function saysNoChanges(log: string): boolean {
  return /^No changes\. /m.test(log);
}

/** The text of a log from a position on. */
export function logFrom(file: string, position: number): string {
  return readFileSync(file).subarray(position).toString("utf8");
}
