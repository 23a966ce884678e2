import { baseName, comparable, extensionOf, folderOf, foldersAbove, globPattern } from "./file-names";
import data from "./places.json";

/** A place that tools read by its name. */
export interface ToolPlace {
  readonly reason: string;
  /** It may have a part in what policies the code makes. */
  readonly policies: boolean;
}

interface Written {
  readonly reason: string;
  readonly where: string;
  readonly paths: readonly string[];
  readonly reads?: readonly string[];
  readonly policies?: boolean;
}

const PLACES = (data.places as readonly Written[]).map((place) => ({
  ...place,
  policies: place.policies === true,
  patterns: place.paths.map(globPattern),
  readPatterns: (place.reads ?? []).map(globPattern),
}));

/** The place a path is, seen from the project's folder; folders end with a slash, the top of the repository is empty. */
export function toolPlaceOf(path: string, project: string): ToolPlace | undefined {
  return PLACES.find((place) => matches(place.where, place.patterns, path, project));
}

/** The first folder of every place that is in one, without wildcards: `.github`, `docs`. */
export function placeFolders(): readonly string[] {
  const first = PLACES.flatMap(({ paths }) =>
    paths.flatMap((path) => (path.includes("/") ? [path.split("/")[0] ?? ""] : [])),
  );
  return [...new Set(first)].filter((name) => name !== "" && name !== "node_modules" && !/[*?[]/.test(name));
}

/** True for a file that names other files that run: a workflow, a pipeline, a task runner's file. */
export function namesOthers(path: string, project: string): boolean {
  return PLACES.some((place) => matches(place.where, place.readPatterns, path, project));
}

/** Folders with such files in them. Those that are looked through to the bottom begin with a dot. */
export function readFolders(project: string): readonly string[] {
  const above = [...foldersAbove(project), project];
  const dotted = PLACES.flatMap(({ reads = [], where }) =>
    reads.flatMap((path) => (where === "top" ? [path] : above.map((folder) => `${folder}${path}`))),
  ).flatMap((path) => (path.includes("/") ? [folderOf(path.replace(/\*.*$/, ""))] : []));
  return [...new Set([...above, ...dotted])];
}

function matches(where: string, patterns: readonly RegExp[], path: string, project: string): boolean {
  const name = comparable(path);
  return rests(where, name, comparable(project)).some((rest) => patterns.some((pattern) => pattern.test(rest)));
}

/** The path as each of the folders sees it that the place may be in. */
function rests(where: string, path: string, project: string): readonly string[] {
  if (where === "top") return [path];
  if (where === "anywhere") return [baseName(path)];
  const folders = [...foldersAbove(project), project];
  return folders.filter((folder) => path.startsWith(folder)).map((folder) => path.slice(folder.length));
}

/** Coding assistants read theirs in every folder they come to. */
const ANYWHERE_BELOW = PLACES.filter(({ reason }) => reason.startsWith("coding assistants"));

/** Text for people only, by its name: nothing runs it unless something names it. */
export function isProse(path: string): boolean {
  const { prose } = data;
  const name = baseName(path).toLowerCase();
  if (hasToolsFolder(path)) return false;
  if (ANYWHERE_BELOW.some(({ patterns }) => patterns.some((pattern) => pattern.test(name)))) return false;
  const extension = extensionOf(path);
  if (prose.extensions.includes(extension)) return true;
  const stem = extension === "" ? name : name.slice(0, -extension.length - 1);
  return prose.names.includes(stem) && prose.nameExtensions.includes(extension);
}

export function isImage(path: string): boolean {
  return !hasToolsFolder(path) && data.images.extensions.includes(extensionOf(path));
}

/** Tools read what is in a folder that begins with a dot, and Node.js what is in node_modules. */
function hasToolsFolder(path: string): boolean {
  return folderOf(path)
    .split("/")
    .some((part) => part.startsWith(".") || part.toLowerCase() === "node_modules");
}

export function isHarmlessAbove(path: string): boolean {
  const { names, extensions } = data.harmless;
  const name = baseName(path).toLowerCase();
  if (names.includes(name)) return true;
  // Tools read what begins with a dot.
  return !name.startsWith(".") && !hasToolsFolder(path) && extensions.includes(extensionOf(path));
}

/** Data by its name, where git does not know the file: nothing of the project reads it unless it names it. */
export function isStrayData(path: string): boolean {
  const name = baseName(path);
  return !name.startsWith(".") && !hasToolsFolder(path) && data.untracked.extensions.includes(extensionOf(path));
}

/** What work leaves behind, right in the project's folder. */
export const RESULTS: readonly string[] = data.results.paths;
export const RESULT_PATTERNS = RESULTS.map(globPattern);

/** What the commands of Rolecall's documents write, by the names they have there. */
export const OUTPUTS: readonly string[] = Object.entries(data.outputs.names).flatMap(([extension, names]) =>
  names.map((name) => `${name}.${extension}`),
);

export const ENTRY_NAMES: readonly string[] = data.entries.names;

export function isUnreadLanguage(path: string): boolean {
  return data.unreadLanguages.extensions.includes(extensionOf(path));
}
