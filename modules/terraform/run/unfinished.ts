import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Known, known, unknown } from "../../known";
import { readPrivate, writePrivate } from "../../machine/private-file";
import { quote } from "../../text";
import type { SynthesizedStack } from "./manifest";

/**
 * What an interrupted apply had begun to make: the answer of AWS may have come too late, so that the resource exists
 * and the state does not know it. The next apply looks for exactly these. It is in the stack's folder, next to `.terraform`.
 */
const FILE = "unfinished.json";

/** What IAM refuses to make a second time; everything else is put in place again without harm. */
const MADE_ONCE = /^aws_iam_(user|group|role|policy|account_alias)\./;

/**
 * Addresses whose creation began in a log and was not refused, in the log's order. Also those the log calls complete:
 * Terraform says so before it writes the state, and may be killed in between. The state tells which of them it knows.
 */
export function unfinishedCreations(log: string): readonly string[] {
  const begun = matches(log, /^(\S+): Creating\.\.\.$/gm);
  const answered = new Set(refused(log));
  return [...new Set(begun)].filter((address) => MADE_ONCE.test(address) && !answered.has(address));
}

/** Addresses AWS itself said no to: what exists under such a name is somebody else's. A call that was cancelled got no answer. */
function refused(log: string): readonly string[] {
  return log
    .split(/^.*Error: /m)
    .slice(1)
    .filter((error) => !/cancell?ed|interrupt/i.test(error))
    .flatMap((error) => matches(error, /\bwith (\S+),/g));
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([, address]) => address ?? []);
}

/**
 * Keeps the addresses for the next apply, with those of an earlier one that nobody looked for yet. A file that cannot be read stays as
 * it is: it tells the next plan that somebody must look.
 */
export function rememberUnfinished(stack: SynthesizedStack, addresses: readonly string[]): void {
  const earlier = readUnfinished(stack);
  if (!earlier.known) return;
  leaveUnfinished(stack, [...new Set([...earlier.value, ...addresses])]);
}

/** What is left to look for, in the place of what was. */
export function leaveUnfinished(stack: SynthesizedStack, addresses: readonly string[]): void {
  if (addresses.length === 0) {
    forgetUnfinished(stack);
    return;
  }
  writePrivate(join(stack.folder, FILE), `${JSON.stringify(addresses)}\n`);
}

/** The addresses to look for; a file that is there and cannot be read is not one that names none. */
export function readUnfinished({ folder }: SynthesizedStack): Known<readonly string[]> {
  const file = join(folder, FILE);
  const read = readPrivate(file, MOST_BYTES);
  if (read.known && read.value === undefined) return known([]);
  try {
    const value: unknown = read.known ? JSON.parse(read.value?.toString("utf8") ?? "") : undefined;
    if (Array.isArray(value) && value.every(isAddress)) return known(value);
  } catch {}
  return unknown(
    `${quote(file)} lists what an interrupted apply began to create, and cannot be read; look in AWS for what is not in the state, then remove the file`,
  );
}

/** Of the list: more than any stack has resources. */
const MOST_BYTES = 10_000_000;

function isAddress(value: unknown): value is string {
  return typeof value === "string" && MADE_ONCE.test(value) && /^[\w.-]+$/.test(value);
}

export function forgetUnfinished({ folder }: SynthesizedStack): void {
  rmSync(join(folder, FILE), { force: true });
}
