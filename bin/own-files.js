"use strict";
/**
 * Who else could change what is going to run (docs/decisions/025). Node's own modules only. Where there are no user ids (Windows)
 * nothing is known, and nothing is refused.
 */
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

/** What is wrong with a file or folder, and what to do, as one sentence. */
class Untrusted extends Error {}

const uid = () => process.geteuid?.();

/** Whoever else than its owner and root may write there. A sticky folder still takes new files from everybody. */
function othersCanWrite({ mode, gid }) {
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && !isPrivateGroup(gid));
}

const groups = new Map();

/** True for a group that has no member besides this user and root, as far as this machine's files say (Debian gives everybody one). */
function isPrivateGroup(gid) {
  if (!groups.has(gid)) groups.set(gid, hasOnlyUs(gid));
  return groups.get(gid);
}

function hasOnlyUs(gid) {
  // macOS keeps people elsewhere, and gives all of them one group.
  if (process.platform !== "linux") return false;
  const own = new Set(["root", nameOfUser()]);
  const members = linesOf("/etc/group")
    .filter(([, , id]) => id === String(gid))
    .flatMap(([, , , names = ""]) => names.split(",").filter(Boolean));
  const primary = linesOf("/etc/passwd")
    .filter(([, , , id]) => id === String(gid))
    .map(([name]) => name);
  return [...members, ...primary].every((name) => own.has(name));
}

function linesOf(file) {
  try {
    return fs
      .readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.split(":"));
  } catch {
    return [];
  }
}

/** A container's user may have no name. */
function nameOfUser() {
  try {
    return os.userInfo().username;
  } catch {
    return "root";
  }
}

/** True when a folder on the way lets nobody else through, so that the modes below it do not matter. */
function isClosed(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    const stat = fs.statSync(at, { throwIfNoEntry: false });
    const group = stat && (stat.mode & 0o010) !== 0 && !isPrivateGroup(stat.gid);
    if (stat && (stat.uid === uid() || stat.uid === 0) && (stat.mode & 0o001) === 0 && !group) return true;
    if (at === path.dirname(at)) return false;
  }
}

/**
 * A check for each file and folder of code below `root`: it throws for one that others can write, or that is not this user's,
 * root's, or of the owner of this very file: they already decide what runs.
 */
function sourceCheck(root) {
  const own = uid();
  if (own === undefined) return () => {};
  const owners = new Set([own, 0, fs.statSync(__filename).uid]);
  const closed = isClosed(root);
  return (file, stat) => {
    const name = JSON.stringify(file);
    if (!owners.has(stat.uid))
      throw new Untrusted(
        `${name} belongs to another user (id ${stat.uid}), and it would run as you; remove it, or run: chown -R ${own} ${JSON.stringify(root)}`,
      );
    if (!closed && othersCanWrite(stat))
      throw new Untrusted(
        `others can write ${name}, and it would run as you; run: chmod -R go-w ${JSON.stringify(root)}`,
      );
  };
}

/**
 * A folder only of this user's to keep compiled code in. Made when it is missing; one that others could write is taken away from
 * them and emptied. Throws for what is a link, a file or somebody else's.
 */
function ownFolder(folder, mode) {
  try {
    fs.mkdirSync(folder, { mode });
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const stat = fs.lstatSync(folder);
  const name = JSON.stringify(folder);
  if (!stat.isDirectory()) throw new Untrusted(`${name} is not a folder but a link or a file; remove it`);
  if (uid() === undefined) return false;
  if (stat.uid !== uid()) throw new Untrusted(`${name} belongs to another user (id ${stat.uid}); remove it`);
  if (!othersCanWrite(stat)) return false;
  fs.chmodSync(folder, mode);
  return true;
}

/** The bytes of a file that only this user could have written, of the very file that was looked at; else undefined. */
function readOwn(file) {
  const flags = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);
  let open;
  try {
    open = fs.openSync(file, flags);
    const stat = fs.fstatSync(open);
    const isOurs = uid() === undefined || (stat.uid === uid() && !othersCanWrite(stat));
    return stat.isFile() && stat.nlink === 1 && isOurs ? fs.readFileSync(open, "utf8") : undefined;
  } catch (error) {
    if (["ENOENT", "ELOOP", "EACCES", "EMLINK"].includes(error.code)) return undefined;
    throw error;
  } finally {
    if (open !== undefined) fs.closeSync(open);
  }
}

/** Whole or not at all, and only this user's from the first byte. */
function writeOwn(file, bytes) {
  const draft = path.join(path.dirname(file), `.${process.pid}-${Date.now()}-${path.basename(file)}`);
  const open = fs.openSync(draft, "wx", 0o600);
  try {
    fs.writeFileSync(open, bytes);
    fs.closeSync(open);
    fs.renameSync(draft, file);
  } catch (error) {
    fs.rmSync(draft, { force: true });
    throw error;
  }
}

module.exports = { Untrusted, sourceCheck, ownFolder, readOwn, writeOwn };
