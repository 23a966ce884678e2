import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PersonRole } from "../../client/person-roles";
import { readRolesRecord } from "../../client/session/roles-record";
import type { StorePort } from "../../client/session/ports";
import { Refusal } from "../../refusal";
import { compareNaturally, didYouMean, quote } from "../../text";
import type { Context } from "../../machine/context";

/** What sessions need to know of a roster. */
export interface KnownRoles {
  readonly userAccountId: string;
  /** Region of the user account: where sessions are begun. */
  readonly region: string;
  /** By account. */
  readonly roles: readonly PersonRole[];
}

/**
 * The roles of one person. Reading a roster takes a while, so the answer is kept, and taken as long as every byte of the
 * roster and Rolecall itself are the same: a role that left the roster is gone immediately. Throws with the roster's findings.
 */
export async function readRoles(
  context: Context,
  store: StorePort,
  { roster, person }: { readonly roster: string | undefined; readonly person: string },
): Promise<KnownRoles> {
  const given = roster ?? (context.env["ROLECALL_ROSTER"] || undefined);
  const candidates = (given === undefined ? ["roster.yaml", "roster"] : [given]).map((path) =>
    resolve(context.root, path),
  );
  const digest = digestOf(candidates);
  const name = `roles-${createHash("sha256")
    .update(JSON.stringify([candidates, person]))
    .digest("hex")
    .slice(0, 40)}`;
  const kept = digest === undefined ? undefined : readRolesRecord(store.read(name), digest);
  if (kept !== undefined) return kept;
  const known = await parseRoles(context, given, person);
  if (digest !== undefined) store.write(name, { digest, ...known });
  return known;
}

/** Of everything that decides what the roster says; `undefined` when it cannot be read as quickly as that. */
function digestOf(candidates: readonly string[]): string | undefined {
  // The bundle's name stands for every source of Rolecall.
  const hash = createHash("sha256").update(__filename);
  try {
    for (const path of candidates) {
      const stat = statSync(path, { throwIfNoEntry: false });
      hash.update(`\n${path}\0${stat === undefined ? "none" : stat.isDirectory() ? "folder" : "file"}\0`);
      const files = stat?.isDirectory()
        ? readdirSync(path)
            .sort(compareNaturally)
            .map((file) => join(path, file))
        : [path];
      for (const file of stat === undefined ? [] : files) hash.update(`${file}\0`).update(contentOf(file));
    }
  } catch {
    return undefined;
  }
  return hash.digest("hex");
}

/** Only files that can be a part of a roster are read. */
function contentOf(file: string): Uint8Array | string {
  const stat = statSync(file);
  if (!stat.isFile()) return "no file";
  if (stat.size > 5_000_000) throw new Refusal("too large");
  return createHash("sha256").update(readFileSync(file)).digest();
}

async function parseRoles(context: Context, path: string | undefined, person: string): Promise<KnownRoles> {
  const { expectRoster } = await import("../roster/read-roster");
  const { personRoles } = await import("../../client/person-roles");
  const { roster } = await expectRoster(context, path);
  const roles = personRoles(roster, person, context.now);
  if (roles === undefined) {
    const people = roster.people.map(({ key }) => key);
    throw new Refusal(`${quote(person)} is not in the roster (any more)${didYouMean(person, people)}`);
  }
  const { id: userAccountId, region } = roster.userAccount;
  return { userAccountId, region, roles };
}
