import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { readJournal, renderJournal } from "../../client/keys/journal";
import type { JournalPort } from "../../client/keys/ports";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { errorCode } from "../../machine/error-code";

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
      makeFolder(folder);
      writeFileSync(`${path}.new`, renderJournal(journal), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
    clear: () => rmSync(path, { force: true }),
  };
}

/**
 * Makes a folder and what is missing above it, for this person alone. Step by step: Node's own recursive way never returns
 * where nothing can be made, as in /proc.
 */
export function makeFolder(folder: string): void {
  let code = tryFolder(folder);
  if (code === "ENOENT" && dirname(folder) !== folder && !existsSync(dirname(folder))) {
    makeFolder(dirname(folder));
    code = tryFolder(folder);
  }
  if (code !== undefined)
    throw new Error(
      `${quote(folder)} cannot be made (${code}); make it, or set XDG_STATE_HOME to a folder of your own`,
    );
}

function tryFolder(folder: string): string | undefined {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return undefined;
  } catch (error) {
    const code = errorCode(error);
    return code === "EEXIST" && statSync(folder).isDirectory() ? undefined : code;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
