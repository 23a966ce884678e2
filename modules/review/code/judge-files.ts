import { roleOfName } from "../../roster/folder-names";
import { baseName, folderOf, foldersAbove, isOrdinary } from "./file-names";
import { isHarmlessAbove, isImage, isProse, isStrayData, OUTPUTS, toolPlaceOf } from "./places";

/** What is at a path on one side. `link` is a symbolic link, `module` another repository. */
export type FileKind = "absent" | "file" | "executable" | "link" | "module" | "other";

export interface ChangedFile {
  /** Below the top of the repository. */
  readonly path: string;
  readonly before: FileKind;
  readonly after: FileKind;
  /** In the working tree, and unknown to git. */
  readonly untracked?: true;
}

/** Where the project is. Folders are below the top of the repository and end with a slash; the top is empty. */
export interface Project {
  readonly folder: string;
  /** Rolecall's own, when it is another one in the same repository. */
  readonly own?: string;
  /** The roster as it was given; what the two sides read by default when it is absent. */
  readonly roster?: string;
  /** Where the roster of the working tree really is, when it is a link. */
  readonly rosterTarget?: string;
}

/** A file that counts as code, and why, where it is not simply the project's. */
export interface CodeFile {
  readonly path: string;
  /** Whether it may have a part in what policies the code makes. */
  readonly policies: boolean;
  readonly reason?: string;
}

/** `prose` and `elsewhere` count as code when something that runs names them. */
export type Judgement =
  | { readonly is: "code"; readonly file: CodeFile }
  | { readonly is: "data" | "prose" | "elsewhere" };

/**
 * What a changed file is. In the project's folder everything is code but the roster, its rules, prose and images; above it
 * is what tools read from there; other folders of the repository are somebody else's.
 */
export function judgeFile(file: ChangedFile, project: Project): Judgement {
  const { path } = file;
  const place = toolPlaceOf(path, project.folder);
  if (place !== undefined) return code(path, place.policies, place.reason);
  if (isInside(path, project)) return judgeInside(file, project);
  if (foldersAbove(project.folder).some((above) => liesAt(path, above))) return judgeAbove(file, project);
  return { is: isPlain(file) && isProse(path) ? "prose" : "elsewhere" };
}

function judgeInside(file: ChangedFile, project: Project): Judgement {
  const { path } = file;
  if (isLinkedRoster(file, project))
    return file.after === "link" && file.before === "file"
      ? code(path, false, "the roster became a link, so it says whatever its target says")
      : { is: "data" };
  const isOwn = isRoster(path, project) || path === `${project.folder}review.yaml`;
  if (isOwn && isPlain(file)) return { is: "data" };
  if (isStray(file, project)) return { is: "prose" };
  if (!isPlain(file)) return code(path, true);
  return isProse(path) || isImage(path) ? { is: "prose" } : code(path, true);
}

/** What is directly in a folder above the project, or in a folder of a tool there. */
function judgeAbove(file: ChangedFile, { folder }: Project): Judgement {
  const { path, before, after } = file;
  if (folder.startsWith(`${path}/`)) return code(path, true, "the project's folder is below it");
  if (isPlain(file) && (isProse(path) || isImage(path))) return { is: "prose" };
  if (isPlain(file) && isHarmlessAbove(path)) return { is: "data" };
  const isRepository = [before, after].every((kind) => kind === "module" || kind === "absent");
  return isRepository ? { is: "elsewhere" } : code(path, true, "it is above the project, where tools look");
}

function code(path: string, policies: boolean, reason?: string): Judgement {
  return { is: "code", file: { path, policies, ...(reason !== undefined && { reason }) } };
}

function isInside(path: string, { folder, own }: Project): boolean {
  return path.startsWith(folder) || (own !== undefined && path.startsWith(own));
}

/** Right in that folder, or in a folder of it whose name begins with a dot. */
function liesAt(path: string, folder: string): boolean {
  if (!path.startsWith(folder)) return false;
  const rest = path.slice(folder.length);
  return rest.startsWith(".") || !rest.includes("/");
}

/** A regular file on each side that has it, under a name that is one everywhere. */
function isPlain({ path, before, after }: ChangedFile): boolean {
  return isOrdinary(path) && [before, after].every((kind) => kind === "file" || kind === "absent");
}

/** What is left over: data, and another repository's checkout right in the project's folder. */
function isStray(file: ChangedFile, { folder }: Project): boolean {
  if (file.untracked !== true) return false;
  if (file.after === "module") return isOrdinary(file.path) && folderOf(file.path) === folder;
  return isPlain(file) && isStrayData(file.path);
}

/**
 * A file that Rolecall's commands write as its documents show them, right in the project's folder, and that git does not know: no
 * change that somebody proposes can bring it, and no module reads it by a message that speaks of it.
 */
export function isOwnOutput(file: ChangedFile, { folder }: Project): boolean {
  const { path } = file;
  return file.untracked === true && isPlain(file) && folderOf(path) === folder && OUTPUTS.includes(baseName(path));
}

/** The roster of a working tree is read where it leads; in a commit a link is refused. */
function isLinkedRoster({ path, before, after }: ChangedFile, { folder, roster, rosterTarget }: Project): boolean {
  if (rosterTarget === undefined) return false;
  if (path === rosterTarget) return before === "absent" || before === "file";
  return after === "link" && path === (roster ?? `${folder}roster.yaml`);
}

/** The files that a review really reads as the roster, and no others. */
function isRoster(path: string, { folder, roster }: Project): boolean {
  const isPart = (of: string) => folderOf(path) === `${of}/` && roleOfName(baseName(path), false) === "part";
  if (roster !== undefined) return path === roster || (roster !== "" && isPart(roster));
  return path === `${folder}roster.yaml` || isPart(`${folder}roster`);
}
