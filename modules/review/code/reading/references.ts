import { baseName, comparable, extensionOf, folderOf, foldersAbove, resolvePath } from "../file-names";
import { joined, type TextRead } from "./text-read";
import { meaningsOf } from "./resolve-word";
import type { ShellWord } from "./shell";

/** What files that run say of others. Paths are below the top of the repository; each is with the file that names it first. */
export interface References {
  /** Paths that may be meant, wherever there is such a file or folder. */
  readonly paths: ReadonlyMap<string, string>;
  /** Whatever begins so may run. */
  readonly beginnings: ReadonlyMap<string, string>;
  /** Files of which it is not known what they run, with the reason. */
  readonly unread: ReadonlyMap<string, string>;
  /** Files that run what is put together, decoded or found while they run: prose as well as anything else. */
  readonly computed: ReadonlyMap<string, string>;
  /** Names of programs that may be a file of that name in any folder. */
  readonly programs: ReadonlyMap<string, string>;
}

type Values = ReadonlyMap<string, readonly ShellWord[]>;

/**
 * What all files read so far name, together: a variable may be given its value in another file than the one that uses it, and a
 * script is looked for in every folder that any of them works in, of those that are known to be `there`.
 */
export function referencesOf(
  given: ReadonlyMap<string, TextRead>,
  project: string,
  there: ReadonlySet<string>,
): References {
  const reads = withScripts(given, project);
  const values = valuesOf(reads);
  const found = {
    paths: new Map<string, string>(),
    beginnings: new Map<string, string>(),
    unread: new Map<string, string>(),
    computed: new Map<string, string>(),
    programs: new Map<string, string>(),
  };
  const wanted = workedIn(reads, values, ["", project, ...there]);
  for (const [folder, from] of wanted) found.paths.set(folder.slice(0, -1), from);
  const folders = [...wanted.keys()].filter((folder) => there.has(folder));
  for (const [path, read] of reads) {
    const bases = [...new Set([...foldersAbove(project), "", folderOf(path), project, ...folders])];
    if (read.unread !== undefined) found.unread.set(path, read.unread);
    for (const token of read.tokens) nameAll(found.paths, candidates(token, bases, path), path);
    for (const word of [...read.runs, ...read.folders]) resolve(word, true, { path, bases, values, found });
    for (const word of read.words) resolve(word, false, { path, bases, values, found });
    for (const word of read.wholes) resolveFolder(word, false, { path, bases, values, found }, there);
    for (const word of read.searched) resolveFolder(word, true, { path, bases, values, found }, there);
    nameAll(found.programs, read.programs.map(comparable), path);
    if (read.computed) found.computed.set(path, NOT_TOLD);
    if (concerns(read, project))
      for (const word of read.folders) takeWhole(word, { path, bases, values, found }, project);
  }
  found.paths.delete("");
  return found;
}

interface Place {
  readonly path: string;
  readonly bases: readonly string[];
  readonly values: Values;
  readonly found: {
    readonly paths: Map<string, string>;
    readonly beginnings: Map<string, string>;
    readonly unread: Map<string, string>;
    readonly computed: Map<string, string>;
    readonly programs: Map<string, string>;
  };
}

/** A folder that something may look through for what it runs; `told`: an unknown one may be any. */
function resolveFolder(word: ShellWord, told: boolean, place: Place, there: ReadonlySet<string>): void {
  const { path, bases, values, found } = place;
  for (const meaning of meaningsOf(word, values)) {
    if (meaning.is === "unknown" && told) found.unread.set(path, NOT_TOLD);
    if (meaning.is === "open" && (told || /^[^-].*\//s.test(meaning.path)))
      nameAll(
        found.beginnings,
        bases.flatMap((base) => beginning(base, meaning.path) ?? []).filter((start) => start !== ""),
        path,
      );
    if (meaning.is === "text" && /^(\.\/*)+$/.test(meaning.path)) found.unread.set(path, WHOLE);
    const given = meaning.is === "text" ? [meaning.path] : meaning.is === "outside" ? ends(meaning.path) : [];
    const folders = given.flatMap((text) => bases.flatMap((base) => resolvePath(base, text) ?? []));
    // Asked for as paths, they are known to be folders in the next round.
    nameAll(found.paths, folders, path);
    nameAll(
      found.beginnings,
      folders.map((folder) => `${folder}/`).filter((folder) => folder !== "/" && there.has(folder)),
      path,
    );
  }
}

const WHOLE = "passes the whole checkout to a program that may run any file in it";

/** A path elsewhere on the machine may be a copy of one in the repository, or a container's name for it. */
function ends(path = ""): readonly string[] {
  if (/^[a-z][a-z+]*:\/\//.test(path)) return [];
  const parts = path.split("/").filter((part) => part !== "" && part !== "~");
  return parts.map((_, at) => parts.slice(at).join("/"));
}

function resolve(word: ShellWord, runs: boolean, { path, bases, values, found }: Place): void {
  for (const meaning of meaningsOf(word, values)) {
    if (meaning.is === "text") nameAll(found.paths, candidates(meaning.path, bases, path), path);
    // An argument of which nothing is known names nothing; a program of which nothing is known may be any.
    if (meaning.is === "unknown" && runs) (meaning.computed ? found.computed : found.unread).set(path, NOT_TOLD);
    if (meaning.is === "outside" && runs)
      nameAll(
        found.paths,
        ends(meaning.path).flatMap((end) => candidates(end, ["", ...bases], path)),
        path,
      );
    if (meaning.is === "open" && (runs || meaning.path.includes("/"))) {
      const beginnings = bases.flatMap((base) => beginning(base, meaning.path) ?? []);
      if (beginnings.includes("")) found.unread.set(path, NOT_TOLD);
      nameAll(found.beginnings, beginnings, path);
    }
  }
}

const NOT_TOLD = "runs something that its text does not show";

/** All that is in a folder in which a pipeline of this project works. */
function takeWhole(word: ShellWord, { path, bases, values, found }: Place, project: string): void {
  const folders = meaningsOf(word, values).flatMap((meaning) =>
    meaning.is === "text" ? bases.flatMap((base) => resolvePath(base, meaning.path) ?? []) : [],
  );
  const others = folders
    .map((folder) => `${folder}/`)
    .filter((folder) => folder !== "/" && !project.startsWith(folder));
  nameAll(found.beginnings, others, path);
}

/** True for a file that speaks of this project. */
function concerns({ tokens }: TextRead, project: string): boolean {
  const name = project.slice(0, -1);
  return tokens.some((token) => /rolecall|roster/i.test(token) || (name !== "" && `/${token}/`.includes(`/${name}/`)));
}

function nameAll(names: Map<string, string>, paths: readonly string[], from: string): void {
  for (const path of paths) if (!names.has(path)) names.set(path, from);
}

function beginning(base: string, path: string): string | undefined {
  const folder = resolvePath(base, folderOf(path));
  if (folder === undefined) return undefined;
  return `${folder === "" ? "" : `${folder}/`}${baseName(path)}`;
}

const EXTENSIONS = [".ts", ".js", ".mjs", ".cjs", ".tsx", ".mts", ".cts", ".jsx", ".json", "/index.ts", "/index.js"];

function candidates(token: string, bases: readonly string[], from: string): readonly string[] {
  const language = extensionOf(from);
  const python =
    language === "py" && !token.includes("/")
      ? [token.replaceAll(".", "/")].flatMap((path) => [`${path}.py`, `${path}/__init__.py`])
      : [];
  const modules = /^\.{1,2}(\/|$)/.test(token) && /^[cm]?[jt]sx?$/.test(language);
  const bare = token.replace(/\.[cm]?jsx?$/, "");
  const names = [
    token,
    ...python,
    ...(modules ? EXTENSIONS.flatMap((end) => [`${token}${end}`, `${bare}${end}`]) : []),
  ];
  return names.flatMap((name) => bases.flatMap((base) => resolvePath(base, name) ?? []));
}

/** Folders in which anything may work, with the file that says it. They end with a slash. */
function workedIn(
  reads: ReadonlyMap<string, TextRead>,
  values: Values,
  from: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [path, read] of reads) {
    const meant = read.folders.flatMap((word) => meaningsOf(word, values));
    const texts = new Set(meant.flatMap((meaning) => (meaning.is === "text" ? [meaning.path] : [])));
    for (const text of texts)
      for (const base of [folderOf(path), ...from]) {
        const folder = resolvePath(base, text);
        if (folder !== undefined && folder !== "") nameAll(found, [`${folder}/`], path);
      }
  }
  return found;
}

function valuesOf(reads: ReadonlyMap<string, TextRead>): Values {
  const values = new Map<string, ShellWord[]>();
  for (const { values: given } of reads.values())
    for (const [name, word] of given) {
      const known = values.get(name);
      if (known) known.push(word);
      else values.set(name, [word]);
    }
  return values;
}

/** Scripts that call scripts: beyond this all of them are taken. */
const MOST_ROUNDS = 10;
/** What npm runs by itself. */
const BY_ITSELF = /^(pre|post)|^(install|prepare|dependencies)$/;

/** npm's scripts: all of a package above the project or its own, else those that anything names. */
function withScripts(reads: ReadonlyMap<string, TextRead>, project: string): ReadonlyMap<string, TextRead> {
  const near = new Set([project, ...foldersAbove(project)]);
  let found = new Map(reads);
  for (let before = -1, round = 0; before !== countTokens(found); round++) {
    before = countTokens(found);
    const said = new Set([...found.values()].flatMap(({ tokens }) => tokens));
    found = new Map(
      [...reads].map(([path, read]) => {
        const scripts = [...(read.scripts ?? [])].filter(
          ([name]) => near.has(folderOf(path)) || BY_ITSELF.test(name) || said.has(name) || round > MOST_ROUNDS,
        );
        const unread = read.unread === undefined ? {} : { unread: read.unread };
        return [path, { ...joined([read, ...scripts.map(([, script]) => script)]), ...unread }];
      }),
    );
  }
  return found;
}

function countTokens(reads: ReadonlyMap<string, TextRead>): number {
  return [...reads.values()].reduce((sum, { tokens }) => sum + tokens.length, 0);
}
