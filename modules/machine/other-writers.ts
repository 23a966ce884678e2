import { lstatSync, readFileSync, type Stats } from "node:fs";
import { userInfo } from "node:os";
import { quote } from "../text";

/** Who may write there other than its owner and root: `bin/own-files.js` says the same of code, before there is any. */
export function othersCanWrite({ mode, gid }: Pick<Stats, "mode" | "gid">): boolean {
  if (process.geteuid === undefined) return false;
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && !isPrivateGroup(gid));
}

/** Why what is in a folder may be somebody else's work, with the cure; nothing for a folder that is not there. No link is followed. */
export function strangersIn(folder: string): string | undefined {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  const own = process.geteuid?.();
  if (stat === undefined || own === undefined) return undefined;
  if (stat.isSymbolicLink()) return `${quote(folder)} is a link; name the folder itself, or remove the link`;
  if (stat.uid !== own && stat.uid !== 0)
    return `${quote(folder)} belongs to another user (id ${stat.uid}); remove it, or name a folder of your own`;
  return othersCanWrite(stat) ? `others can write in ${quote(folder)}; run chmod -R go-w on it` : undefined;
}

/** No member besides this user and root, as far as this machine's files say: Debian gives everybody such a group. */
function isPrivateGroup(gid: number): boolean {
  // macOS keeps people elsewhere, and gives all of them one group.
  if (process.platform !== "linux") return false;
  const own = new Set(["root", nameOfUser()]);
  const id = String(gid);
  const members = linesOf("/etc/group").filter((line) => line[2] === id);
  const primary = linesOf("/etc/passwd").filter((line) => line[3] === id);
  const names = [...members.flatMap((line) => (line[3] ?? "").split(",")), ...primary.map((line) => line[0] ?? "")];
  return names.filter((name) => name !== "").every((name) => own.has(name));
}

function linesOf(file: string): readonly (readonly string[])[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.split(":"));
  } catch {
    return [];
  }
}

/** A container's user may have no name. */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return "root";
  }
}
