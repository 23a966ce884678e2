import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { readJournal, renderJournal } from "../modules/client/keys/journal";
import type { JournalPort } from "../modules/client/keys/ports";
import type { Context } from "./context";
import { errorCode } from "./error-code";

/** Folder for what outlives a run. Source: XDG Base Directory Specification, "XDG_STATE_HOME". */
export function stateFolder({ env }: Pick<Context, "env">): string {
  return resolve(env["XDG_STATE_HOME"] || join(env["HOME"] || homedir(), ".local", "state"), "rolecall");
}

/** The journal of one user's rotation on this machine. */
export function rotationJournal(folder: string, accountId: string, user: string): JournalPort {
  const path = join(folder, `rotation-${accountId}-${user}.json`);
  return {
    read: () => {
      const text = textOf(path);
      return text === undefined ? undefined : readJournal(text, path);
    },
    write: (journal) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.new`, renderJournal(journal), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
    clear: () => rmSync(path, { force: true }),
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
