import { rmSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { readJournal, renderJournal } from "../../client/keys/journal";
import type { JournalPort } from "../../client/keys/ports";
import type { Context } from "../../machine/context";
import { readPrivate, writePrivate } from "../../machine/private-file";
import { makePrivateFolder } from "../../machine/private-folder";
import { Refusal } from "../../refusal";

/** Folder for what outlives a run. Source: XDG Base Directory Specification, "XDG_STATE_HOME". */
export function stateFolder({ env }: Pick<Context, "env">): string {
  return resolve(env["XDG_STATE_HOME"] || join(env["HOME"] || homedir(), ".local", "state"), "rolecall");
}

/** Far above any journal. */
const MAX_BYTES = 100_000;

/** Makes the folder for what outlives a run, private to this person. Throws with the cure. */
export function makeStateFolder(folder: string): void {
  makePrivateFolder(folder, { what: "the folder for rotations", cure: "set XDG_STATE_HOME to a folder of your own" });
}

/** The journal of one user's rotation on this machine. One that others could have written is refused: it names keys to delete. */
export function rotationJournal(folder: string, accountId: string, user: string): JournalPort {
  const path = join(folder, `rotation-${accountId}-${user}.json`);
  return {
    read: () => {
      const read = readPrivate(path, MAX_BYTES);
      if (!read.known) throw new Refusal(read.reason);
      return read.value && readJournal(read.value.toString("utf8"), path);
    },
    write: (journal) => {
      makeStateFolder(folder);
      writePrivate(path, renderJournal(journal));
    },
    clear: () => rmSync(path, { force: true }),
  };
}
