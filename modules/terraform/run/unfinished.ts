import { rmSync } from "node:fs";
import { join } from "node:path";
import { readPrivate, writePrivate } from "../../machine/private-file";
import type { SynthesizedStack } from "./manifest";

/**
 * What an apply that was cut off had begun to make: the answer of AWS may have come too late, so that the resource exists
 * and the state does not know it. The next apply looks for exactly these. Lies in the stack's folder, next to `.terraform`.
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

/** Keeps the addresses for the next apply, with those of an earlier one that nobody looked for yet. */
export function rememberUnfinished(stack: SynthesizedStack, addresses: readonly string[]): void {
  const all = [...new Set([...readUnfinished(stack), ...addresses])];
  if (all.length > 0) writePrivate(join(stack.folder, FILE), `${JSON.stringify(all)}\n`);
}

/** The addresses to look for; none when the file says nothing readable. */
export function readUnfinished({ folder }: SynthesizedStack): readonly string[] {
  const read = readPrivate(join(folder, FILE), 10_000_000);
  if (!read.known || read.value === undefined) return [];
  try {
    const value: unknown = JSON.parse(read.value.toString("utf8"));
    return Array.isArray(value)
      ? value.filter((each): each is string => MADE_ONCE.test(String(each)) && /^[\w.-]+$/.test(String(each)))
      : [];
  } catch {
    return [];
  }
}

export function forgetUnfinished({ folder }: SynthesizedStack): void {
  rmSync(join(folder, FILE), { force: true });
}
