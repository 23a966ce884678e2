import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from "yaml";
import { isRecord } from "../../../text";
import { type CommandUse, useOf } from "./commands";
import { baseName, extensionOf } from "./file-names";
import { isUnreadLanguage } from "./places";
import { parseShell, type Word } from "./shell";

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
  /** Why it cannot be read for what it names. */
  readonly unread?: string;
}

export const EMPTY: TextRead = { tokens: [], runs: [], folders: [], words: [], values: [] };
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
    return { ...EMPTY, tokens: tokensOf(code), ...(extension.startsWith("json") ? {} : dynamicOf(code)) };
  }
  if (isShell(extension, text)) return readScript(text);
  const code = withoutComments(text);
  return { ...EMPTY, tokens: tokensOf(code), ...(extension === "py" ? dynamicOf(code) : {}) };
}

function isShell(extension: string, text: string): boolean {
  if (/^(py|json[c5]?|toml|lock|md|css|html?|xml|csv|tf|hcl|tfvars|properties|ini|conf|cfg|sql)$/.test(extension))
    return false;
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

/** A program that computes what it loads or starts. */
function dynamicOf(code: string): { readonly unread?: string } {
  const hit = OWN_PROCESS.test(code) || CHILD_PROCESS.test(code) || LOADED.test(code);
  return hit ? { unread: "computes the name of what it loads or starts" } : {};
}

function readScript(text: string): TextRead {
  const uses = commandUses(text);
  return {
    tokens: tokensOf(withoutComments(text)),
    runs: uses.flatMap(({ runs }) => runs),
    folders: uses.flatMap(({ folders }) => folders),
    words: uses.flatMap(({ others }) => others),
    values: uses.flatMap(({ assigns }) => assigns),
  };
}

function commandUses(text: string, depth = 0): readonly CommandUse[] {
  const uses = parseShell(text).map(useOf);
  const inner =
    depth > 3 ? [] : uses.flatMap(({ scripts }) => scripts.flatMap((script) => commandUses(script, depth + 1)));
  return [...uses, ...inner];
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
  const scripts = new Map(given.map(([name, script]) => [name, readScript(String(script))]));
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
  return joined(reads);
}

function visitNode(node: unknown, keys: readonly string[], reads: TextRead[]): void {
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const key = isScalar(pair.key) ? String(pair.key.value) : "";
      visitNode(pair.value, [...keys, key], reads);
    }
  } else if (isSeq(node)) for (const item of node.items) visitNode(item, keys, reads);
  else if (isScalar(node) && !isAlias(node)) reads.push(readScalar(String(node.value ?? ""), keys));
}

function readScalar(text: string, keys: readonly string[]): TextRead {
  const key = keys.at(-1) ?? "";
  const word = wordOf(text);
  const names = key === "default" || key === "value" ? keys.slice(-2) : [key];
  const values = names.map((name) => [name, word] as const);
  if (keys[0] === "on" || keys[0] === "true" || keys.some((each) => CONDITIONS.has(each))) return { ...EMPTY, values };
  if (COMMANDS.test(key)) return { ...readScript(text), values: [...readScript(text).values, ...values] };
  const runs = INCLUDES.test(key) && !/^[a-z]+:\/\//.test(text) ? [word] : [];
  return { ...EMPTY, tokens: tokensOf(text), runs, folders: FOLDERS.test(key) ? [word] : [], values };
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
  };
}
