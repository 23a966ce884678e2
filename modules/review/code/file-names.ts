/** What HFS+ leaves out when it compares names. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** A path as the most forgiving file system compares it: no case, no trailing dots or spaces, no characters that do not show. */
export function comparable(path: string): string {
  const folded = path.normalize("NFC").replace(IGNORED, "").toLowerCase();
  return folded
    .split("/")
    .map((part) => (/^\.+$/.test(part) ? part : part.replace(/[. ]+$/, "")))
    .join("/");
}

/** True for a name that every file system and every tool takes for the same. */
export function isOrdinary(path: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}\ufffd\\:]/u.test(path) && !/[. ](\/|$)/.test(path);
}

/** The folder a path is in: empty for the top, else with a slash at its end. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Without the dot, in lower case; empty where there is none. */
export function extensionOf(path: string): string {
  return /^.+\.([^.]+)$/.exec(baseName(path).toLowerCase())?.[1] ?? "";
}

/** `a/b/` gives "", `a/` and, with itself, `a/b/`. */
export function foldersAbove(folder: string): readonly string[] {
  const parts = folder.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at).join("/")).map((above) => (above === "" ? "" : `${above}/`));
}

/** A path without `.` and `..`; undefined when it leads out of the repository. */
export function resolvePath(folder: string, path: string): string | undefined {
  const found: string[] = [];
  for (const part of `${path.startsWith("/") ? "" : folder}${path}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") found.push(part);
    else if (found.pop() === undefined) return undefined;
  }
  return found.join("/");
}

/** `*` is any text without a slash, `**` any text. */
export function globPattern(glob: string): RegExp {
  const parts = glob.split(/(\*\*|\*)/);
  const source = parts.map((part) => {
    if (part === "**") return ".*";
    return part === "*" ? "[^/]*" : part.replace(/[.+^${}()|[\]\\?]/g, "\\$&");
  });
  return new RegExp(`^${source.join("")}$`, "s");
}
