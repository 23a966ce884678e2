import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from "yaml";
import { isRecord } from "../../../text";
import { type CommandUse, useOf, writtenUse } from "./commands";
import { baseName, extensionOf } from "./file-names";
import { type Language, readInline, startedBy } from "./inline";
import { isUnreadLanguage } from "./places";
import { actionReads, builds, isSearchPath, mustBeTold } from "./programs";
import { type Command, parseShell, type Word } from "./shell";
import { splitWord, textOf } from "./words";

/** What a file that runs, or is named by one, says of other files. */
export interface TextRead {
  /** Everything that could be a path. */
  readonly tokens: readonly string[];
  /** Words in places where something runs, or is included. */
  readonly runs: readonly Word[];
  readonly folders: readonly Word[];
  /** Words of commands, which may be patterns. */
  readonly words: readonly Word[];
  /** What variables, keys and inputs are given. */
  readonly values: readonly (readonly [string, Word])[];
  /** Names of npm's scripts and of what they say, where it is a package.json. */
  readonly scripts?: ReadonlyMap<string, TextRead>;
  /** Where these name a folder, whatever lies in it may run. */
  readonly wholes: readonly Word[];
  /** The same, and one that cannot be told lets anything run. */
  readonly searched: readonly Word[];
  /** Bare names of programs. */
  readonly programs: readonly string[];
  /** It runs what is put together, decoded, or found while it runs. */
  readonly computed: boolean;
  /** Why it cannot be read for what it names. */
  readonly unread?: string;
}

export const EMPTY: TextRead = {
  tokens: [],
  runs: [],
  folders: [],
  words: [],
  values: [],
  wholes: [],
  searched: [],
  programs: [],
  computed: false,
};
const MOST_CHARS = 400_000;
/** No path, and no value of a variable that one is made of, is longer. */
const MOST_WORD = 1_000;

export function readText(path: string, text: string): TextRead {
  if (text.length > MOST_CHARS) return { ...EMPTY, unread: "is too large to be read for what it runs" };
  if (isUnreadLanguage(path) || text.includes("\0"))
    return { ...EMPTY, unread: "is in a language that is not read for what it runs" };
  const extension = extensionOf(path);
  if (extension === "yml" || extension === "yaml") return readYaml(text);
  if (baseName(path) === "package.json") return readPackage(text);
  if (/^([cm]?[jt]sx?|json[c5]?)$/.test(extension)) {
    const code = text.replace(/^[ \t]*\/\/.*$/gm, "");
    if (extension.startsWith("json")) return { ...EMPTY, tokens: tokensOf(code) };
    return readProgram("js", code);
  }
  if (/^(.*\.)?dockerfile(\..*)?$/i.test(baseName(path))) return readDockerfile(text);
  if (isShell(extension, text)) return readScript(text);
  const code = withoutComments(text);
  return extension === "py" ? readProgram("python", code) : { ...EMPTY, tokens: tokensOf(code) };
}

/** A program's file: its strings may be paths, and what it starts by plain strings are commands. */
function readProgram(language: Language, code: string): TextRead {
  const started = startedBy(language, code).map((script) => readScript(script));
  return { ...joined([{ ...EMPTY, tokens: tokensOf(code) }, ...started]), ...dynamicOf(code) };
}

/** The commands of a container's file; what it copies is named where the container is built. */
function readDockerfile(text: string): TextRead {
  const lines = text.replace(/\\\n/g, " ").split("\n");
  const commands = lines.flatMap((line) => /^\s*(?:RUN|CMD|ENTRYPOINT)\s+(?:--\S+\s+)*(.*)$/i.exec(line)?.[1] ?? []);
  return joined([{ ...EMPTY, tokens: tokensOf(withoutComments(text)) }, readScript(commands.join("\n"))]);
}

function isShell(extension: string, text: string): boolean {
  if (/^(py|json[c5]?|toml|lock|md|css|html?|xml|csv|tf|hcl|tfvars|properties|ini|conf|cfg|sql)$/.test(extension))
    return false;
  if (/^\s*</.test(text)) return false;
  const shebang = /^#!.*/.exec(text)?.[0];
  return shebang === undefined || /sh\b/.test(shebang);
}

/** Without lines that begin with a number sign; the first line of a script is none of them. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*#(?!!).*$/gm, "");
}

/** Paths among whatever else a text says: words of it, quoted parts, and what stands behind something put in. */
export function tokensOf(text: string): readonly string[] {
  const put = /\$\{\{.{0,300}?\}\}|\$\{[^}]{0,300}\}|\$\([^)]{0,300}\)|\$\w+/gs;
  const found = new Set<string>();
  for (const version of [text, text.replace(put, ".")]) {
    for (const [token] of version.matchAll(/[\p{L}\p{N}_@+./~%-]+/gu))
      found.add(token.replace(/[.]+$/, (dots) => (dots.length > 2 ? "" : dots)));
    for (const [, a, b] of version.matchAll(/"([^"\n]{1,300})"|'([^'\n]{1,300})'/g))
      found.add((a ?? b ?? "").replace(/\\/g, ""));
    for (const [token] of version.matchAll(/(?:[^\s"'\\;|&()<>]|\\.){0,200}\\ (?:[^\s"'\\;|&()<>]|\\.){0,200}/g))
      found.add(token.replace(/\\/g, ""));
  }
  for (const token of [...found]) {
    const option = /^[\w-]+[=:,](.+)$/.exec(token)?.[1] ?? /^-[a-zA-Z](\w.*)$/.exec(token)?.[1];
    if (option !== undefined) found.add(option);
    if (/[.]$/.test(token)) found.add(token.slice(0, -1));
  }
  return [...found].filter((token) => /[\p{L}\p{N}_]/u.test(token));
}

const OWN_PROCESS = /(?<![.\w])(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|fork|eval)\s*\(\s*(?!["'`)\]])/;
const CHILD_PROCESS =
  /(?:child_process|\bcp|subprocess|\bos)\.(?:exec\w*|spawn\w*|fork|run|call|check_\w+|Popen|popen|system)\s*\(\s*(?!["'`[)])/;
const LOADED =
  /\b(?:require|import|import_module|run_path|__import__)\s*\(\s*(?!["'`)])|\b(?:require|import)\s*\(\s*`\$\{/;

/** A plain string to which something is added. */
const JOINED =
  /(?<![\w$])(?:require|import|import_module|run_path|__import__|exec\w*|spawn\w*|fork|system|popen|Popen|check_\w+)\s*\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*[+%.]/;
const PUT_IN = /(?<![.\w])(?:\w+\.)?(?:exec|execSync|spawn|spawnSync|fork)\s*\(\s*`[^`]*\$\{/;

/** A program that computes what it loads or starts. */
function dynamicOf(code: string): { readonly unread?: string } {
  const tests = [OWN_PROCESS, CHILD_PROCESS, LOADED, JOINED, PUT_IN];
  const hit = tests.some((test) => test.test(code));
  return hit ? { unread: "computes the name of what it loads or starts" } : {};
}

function readScript(text: string, packaged = false): TextRead {
  const uses = commandUses(text, packaged);
  return { ...fromUses(uses), tokens: [...tokensOf(withoutComments(text)), ...uses.flatMap(({ tokens }) => tokens)] };
}

function fromUses(uses: readonly CommandUse[]): TextRead {
  return {
    tokens: uses.flatMap(({ tokens }) => tokens),
    runs: uses.flatMap(({ runs }) => runs),
    folders: uses.flatMap(({ folders }) => folders),
    words: uses.flatMap(({ others }) => others),
    values: uses.flatMap(({ assigns }) => assigns),
    wholes: uses.flatMap(({ wholes }) => wholes),
    searched: uses.flatMap(({ searched }) => searched),
    programs: uses.flatMap(({ programs }) => programs),
    computed: uses.some(({ computed }) => computed),
  };
}

function commandUses(text: string, packaged: boolean): readonly CommandUse[] {
  const commands = parseShell(text);
  const uses = commands.map((command) =>
    packaged && isBuild(command) ? { ...useOf(command), wholes: [] } : useOf(command),
  );
  return withInner([...uses, ...writtenUses(commands, uses)], 0).concat(POWERSHELL.test(text) ? [COMPUTED] : []);
}

const COMPUTED: CommandUse = { ...EMPTY, assigns: [], others: [], scripts: [], computed: true };
const POWERSHELL = /(^|[\n;{|])\s*(iex|Invoke-Expression)\b|FromBase64String|-EncodedCommand|(^|[\n;{|])\s*&\s*[("$]/i;

function withInner(uses: readonly CommandUse[], depth: number): readonly CommandUse[] {
  const scripts = [...new Set(uses.flatMap(({ scripts: inner }) => inner))];
  if (scripts.length === 0) return uses;
  if (depth > MOST_INNER) return [...uses, COMPUTED];
  return [...uses, ...scripts.flatMap((script) => withInner(parseShell(script).map(useOf), depth + 1))];
}

/** Nobody writes scripts in scripts that deep: what they run is not known. */
const MOST_INNER = 4;

/** What runs out of a file that one of the commands wrote. */
function writtenUses(commands: readonly Command[], uses: readonly CommandUse[]): readonly CommandUse[] {
  const writers = commands.filter(({ words, targets }) => targets !== undefined || words.length > 2);
  const runs = uses.flatMap((use) => use.runs);
  if (runs.length * writers.length > MOST_PAIRS) return [];
  return runs.map((run) => writtenUse(run, writers));
}

const MOST_PAIRS = 100_000;

function isBuild({ words }: Command): boolean {
  return words.slice(0, 3).some((word) => builds(textOf(word)));
}

/** npm's scripts, and packages that lie in this repository. */
function readPackage(text: string): TextRead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ...EMPTY, unread: "is not JSON" };
  }
  const given = isRecord(value) && isRecord(value["scripts"]) ? Object.entries(value["scripts"]) : [];
  const scripts = new Map(given.map(([name, script]) => [name, readScript(String(script), true)]));
  const local = [...text.matchAll(/"(?:file|link|portal):([^"]+)"/g)].map(([, path]) => path ?? "");
  return { ...EMPTY, tokens: local, scripts };
}

/** Keys whose text is commands, by the names that pipelines and task runners have for them. */
const COMMANDS =
  /^(run|script|scripts|.*_script|commands?|cmds?|entry|entrypoint|exec|bash|sh|shell|pwsh|test|plan|apply|steps|inlineScript)$/i;
/** Keys that include other files, or name what runs. */
const INCLUDES = /^(uses|local|include|template|extends|working-directory|workdir|workingDirectory|working_directory)$/;
const FOLDERS = /(dir(ectory)?|context|folder|workspace|root|prefix|cwd)$/i;
/** What these say is only when something runs. */
const CONDITIONS = new Set(["changes", "if", "name", "description", "branches", "tags"]);

const ENVIRONMENTS = /^(env|variables|environment|environment_variables)$/;

function readYaml(text: string): TextRead {
  const reads: TextRead[] = [];
  try {
    for (const document of parseAllDocuments(text, { uniqueKeys: false, logLevel: "silent" })) {
      if ("errors" in document && document.errors.length > 0)
        return { ...EMPTY, unread: "is not YAML that can be read" };
      if ("contents" in document) visitNode(document.contents, [], reads);
    }
  } catch {
    return { ...EMPTY, unread: "is not YAML that can be read" };
  }
  // What one step writes may run in another.
  const commands = reads.flatMap(({ script }: YamlRead) => (script === undefined ? [] : parseShell(script)));
  const written = writtenUses(commands, commands.map(useOf));
  const unread = reads.find((read) => read.unread !== undefined)?.unread;
  return { ...joined([...reads, fromUses(withInner(written, 0))]), ...(unread !== undefined && { unread }) };
}

interface YamlRead extends TextRead {
  readonly script?: string;
}

function visitNode(node: unknown, keys: readonly string[], reads: YamlRead[]): void {
  if (isMap(node)) {
    const said = new Map(
      node.items.flatMap((pair): readonly (readonly [string, unknown])[] =>
        isPair(pair) && isScalar(pair.key) ? [[String(pair.key.value), pair.value]] : [],
      ),
    );
    reads.push(...stepReads(said, keys));
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const key = isScalar(pair.key) ? String(pair.key.value) : "";
      if (!isOtherCode(key, said)) visitNode(pair.value, [...keys, key], reads);
    }
  } else if (isSeq(node)) for (const item of node.items) visitNode(item, keys, reads);
  else if (isScalar(node) && !isAlias(node)) reads.push(readScalar(String(node.value ?? ""), keys));
}

function scalarOf(node: unknown): string | undefined {
  return isScalar(node) ? String(node.value ?? "") : undefined;
}

/** A step whose text is in another language than the shell's. */
function isOtherCode(key: string, step: ReadonlyMap<string, unknown>): boolean {
  return key === "run" && /^python/.test(scalarOf(step.get("shell")) ?? "");
}

/** What a step says by several of its keys together. */
function stepReads(step: ReadonlyMap<string, unknown>, keys: readonly string[]): readonly TextRead[] {
  const found: TextRead[] = [];
  const shell = scalarOf(step.get("shell"));
  const run = scalarOf(step.get("run"));
  if (shell !== undefined && run !== undefined && !/^(bash|sh|cmd|pwsh|powershell)\b/.test(shell))
    found.push(readCode(/^python/.test(shell) ? "python" : "other", run));
  const uses = scalarOf(step.get("uses"));
  const given = step.get("with");
  if (uses !== undefined) found.push(...actionUse(uses, isMap(given) ? given.items : []));
  if (keys[0] === "jobs" && keys.slice(-2).some((key) => key === "container" || key === "services"))
    found.push({ ...EMPTY, searched: mounts(step.get("volumes")) });
  if (keys.includes("include") && step.has("artifact"))
    found.push({ ...EMPTY, unread: "runs a pipeline that a job writes" });
  return found;
}

function mounts(node: unknown): readonly Word[] {
  if (!isSeq(node)) return [];
  return node.items.flatMap((item) => splitWord(wordOf(scalarOf(item) ?? ""), /:/).slice(0, 1));
}

function readCode(language: Language, code: string): TextRead {
  const inline = readInline(language, code.replace(/\$\{\{[^}]*\}\}/g, ""));
  const whole = /^\s*\$\{\{[^}]*\}\}\s*$/.test(code);
  const scripts = inline.scripts.map((script) => readScript(script));
  const tokens = [...tokensOf(code), ...inline.tokens];
  return joined([{ ...EMPTY, tokens, computed: inline.computed || whole }, ...scripts]);
}

/** An action that somebody else wrote may run whatever lies in a folder that it is given. */
function actionUse(uses: string, items: readonly unknown[]): readonly TextRead[] {
  const given = items.flatMap((pair): readonly (readonly [string, string])[] =>
    isPair(pair) && isScalar(pair.key) ? [[String(pair.key.value), scalarOf(pair.value) ?? ""]] : [],
  );
  const value = (name: string) => given.find(([key]) => key === name)?.[1];
  if (uses.startsWith("actions/github-script")) return [readCode("js", value("script") ?? "")];
  if (uses.startsWith("docker/bake-action")) return [{ ...EMPTY, unread: WHOLE }];
  if (uses.startsWith("docker/build-push-action")) {
    const context = wordOf(value("context") ?? ".");
    return [{ ...EMPTY, wholes: [context], searched: [context] }];
  }
  if (actionReads(uses) || uses.startsWith("./")) return [];
  const words = given.flatMap(([, text]) => text.split("\n").map((line) => wordOf(line.trim())));
  const isHere = (word: Word) => /^(\.\/?|)$/.test(textOf(word));
  return [{ ...EMPTY, wholes: words.filter((word) => !isHere(word)) }];
}

const WHOLE = "builds a container of the whole checkout";

function readScalar(text: string, keys: readonly string[]): YamlRead {
  const key = keys.at(-1) ?? "";
  const word = wordOf(text);
  const names = key === "default" || key === "value" ? keys.slice(-2) : [key];
  const values = names.map((name) => [name, word] as const);
  if (keys[0] === "on" || keys[0] === "true" || keys.some((each) => CONDITIONS.has(each))) return { ...EMPTY, values };
  if (key === "script" && keys.at(-2) === "with") return { ...EMPTY, values };
  if (COMMANDS.test(key)) {
    const read = readScript(text);
    return { ...read, script: text, values: [...read.values, ...values] };
  }
  const runs = INCLUDES.test(key) && !/^[a-z]+:\/\//.test(text) ? [word] : [];
  const parts = ENVIRONMENTS.test(keys.at(-2) ?? "") && isSearchPath(key) ? splitWord(word, /[:;]/) : [];
  const own = parts.filter(
    (part) => !part.some((piece) => typeof piece === "object" && "name" in piece && /PATH$/.test(piece.name)),
  );
  const search = mustBeTold(key) ? { wholes: own, searched: own } : { wholes: own };
  return { ...EMPTY, tokens: tokensOf(text), runs, folders: FOLDERS.test(key) ? [word] : [], values, ...search };
}

/** A value with what is put into it; patterns count where something is included. */
function wordOf(text: string): Word {
  if (text.length > MOST_WORD) return [{ is: "variable", name: "" }];
  const [command] = parseShell(
    `'' ${text.replace(/[\n;&|()<>#'"\\`]/g, (c) => `\\${c}`).replace(/\s+(?![^{]*\}\})/g, "\\ ")}`,
  );
  return command?.words[1] ?? [text];
}

export function joined(reads: readonly TextRead[]): TextRead {
  return {
    tokens: [...new Set(reads.flatMap(({ tokens }) => tokens))],
    runs: reads.flatMap(({ runs }) => runs),
    folders: reads.flatMap(({ folders }) => folders),
    words: reads.flatMap(({ words }) => words),
    values: reads.flatMap(({ values }) => values),
    wholes: reads.flatMap(({ wholes }) => wholes),
    searched: reads.flatMap(({ searched }) => searched),
    programs: reads.flatMap(({ programs }) => programs),
    computed: reads.some(({ computed }) => computed),
  };
}
