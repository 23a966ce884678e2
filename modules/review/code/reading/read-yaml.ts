import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from "yaml";
import { useOf } from "./commands";
import { type Language, readInline } from "./inline";
import { actionReads, isSearchPath, mustBeKnown } from "./programs";
import { fromUses, readScript, tokensOf, withInner, writtenUses } from "./read-script";
import { parseShell, type ShellWord } from "./shell";
import { EMPTY, joined, type TextRead } from "./text-read";
import { splitWord, textOfWord } from "./words";

/** No path, and no value of a variable that one is made of, is longer. */
const MOST_WORD = 1_000;

/** Keys whose text is commands, by the names that pipelines and task runners have for them. */
const COMMANDS =
  /^(run|script|scripts|.*_script|commands?|cmds?|entry|entrypoint|exec|bash|sh|shell|pwsh|test|plan|apply|steps|inlineScript)$/i;
/** Keys that include other files, or name what runs. */
const INCLUDES = /^(uses|local|include|template|extends|working-directory|workdir|workingDirectory|working_directory)$/;
const FOLDERS = /(dir(ectory)?|context|folder|workspace|root|prefix|cwd)$/i;
/** What these say is only when something runs. */
const CONDITIONS = new Set(["changes", "if", "name", "description", "branches", "tags"]);

const ENVIRONMENTS = /^(env|variables|environment|environment_variables)$/;

export function readYaml(text: string): TextRead {
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
  const written = writtenUses(
    commands,
    commands.map((command) => useOf(command)),
  );
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
    found.push({ ...EMPTY, unread: "runs a pipeline that a job generates" });
  return found;
}

function mounts(node: unknown): readonly ShellWord[] {
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

/** An action that somebody else wrote may run whatever is in a folder that it is given. */
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
  const isHere = (word: ShellWord) => /^(\.\/?|)$/.test(textOfWord(word));
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
  const search = mustBeKnown(key) ? { wholes: own, searched: own } : { wholes: own };
  return { ...EMPTY, tokens: tokensOf(text), runs, folders: FOLDERS.test(key) ? [word] : [], values, ...search };
}

/** A value with what is put into it; patterns count where something is included. */
function wordOf(text: string): ShellWord {
  if (text.length > MOST_WORD) return [{ is: "variable", name: "" }];
  const [command] = parseShell(
    `'' ${text.replace(/[\n;&|()<>#'"\\`]/g, (c) => `\\${c}`).replace(/\s+(?![^{]*\}\})/g, "\\ ")}`,
  );
  return command?.words[1] ?? [text];
}
