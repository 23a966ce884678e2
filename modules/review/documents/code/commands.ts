import type { Command, Word } from "./shell";

/** What a command does with files, as far as its words say. */
export interface CommandUse {
  /** Words that name what runs: if one cannot be told, nobody knows what does. */
  readonly runs: readonly Word[];
  /** Folders it works in. */
  readonly folders: readonly Word[];
  /** Values given to variables. */
  readonly assigns: readonly (readonly [string, Word])[];
  /** Everything else it says. */
  readonly others: readonly Word[];
  /** Text that is a script itself. */
  readonly scripts: readonly string[];
}

const BEFORE =
  /^(if|then|else|elif|do|while|until|!|\{|\}|time|exec|command|builtin|nohup|sudo|doas|env|nice|setsid|stdbuf|timeout)$/;
const SHELL = /^(ba|da|z|k|a|fi)?sh$/;
const INTERPRETER =
  /^(nodejs?|bun|deno|tsx|ts-node|python[\d.]*|pypy\d?|ruby|perl|php|pwsh|powershell|osascript|lua|rscript|ansible-playbook)$/i;
const WITH_FILE = new Set([
  "-r",
  "--require",
  "--import",
  "--loader",
  "--experimental-loader",
  "--env-file",
  "-f",
  "--file",
  "--rcfile",
  "--init-file",
]);
const FOLDER_OPTION = /^(-C|--prefix|--cwd|--dir|--directory|--project|-w|--workspace|--filter|-chdir)(=|$)/;

export function useOf(command: Command): CommandUse {
  const assigns: (readonly [string, Word])[] = [];
  let at = 0;
  for (let first = command.words[0]; first !== undefined; first = command.words[++at]) {
    const assigned = assignment(first);
    if (assigned) assigns.push(assigned);
    else if (!BEFORE.test(text(first)) && !(at > 0 && /^(-|\d+[smhd]?$)/.test(text(first)))) break;
  }
  const [head, ...args] = command.words.slice(at);
  const none = { runs: [], folders: [], assigns, others: [], scripts: [] };
  if (head === undefined) return none;
  const name = baseOf(text(head));
  if (/^(export|local|readonly|declare|typeset)$/.test(name))
    return { ...none, assigns: [...assigns, ...args.flatMap((word) => optional(assignment(word)))] };
  if (name === "for" || name === "select") return { ...none, assigns: loop(args) };
  const runs = [head, ...runWords(name, args, command)];
  return { ...none, runs, folders: foldersOf(name, args), others: args, scripts: scriptsOf(name, args) };
}

function optional<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

function assignment(word: Word): readonly [string, Word] | undefined {
  const [first, ...rest] = word;
  const [, name, value] = (typeof first === "string" && /^(\w+)\+?=(.*)$/s.exec(first)) || [];
  return name === undefined || value === undefined ? undefined : [name, value === "" ? rest : [value, ...rest]];
}

function loop(args: readonly Word[]): readonly (readonly [string, Word])[] {
  const name = text(args[0] ?? []);
  if (text(args[1] ?? []) !== "in") return [[name, [{ is: "variable", name: "@" }]]];
  return args.slice(2).map((word) => [name, word] as const);
}

/** The words after a command's name that name what runs. */
function runWords(name: string, args: readonly Word[], command: Command): readonly Word[] {
  if (name === "eval" || name === "source" || name === ".") return args;
  if (name === "find" || name === "xargs" || name === "parallel") return runsByOthers(args);
  if (!SHELL.test(name) && !INTERPRETER.test(name)) return name === "make" ? afterOption(args, WITH_FILE) : [];
  const given = firstArgument(args);
  const files = [...afterOption(args, WITH_FILE), ...afterOption(args, new Set(["-c", "-e", "-p", "--eval"]))];
  if (given !== undefined || files.length > 0) return given === undefined ? files : [...files, given];
  return [...args, ...allWords(command.fedBy)];
}

/** `find -exec sh {}`: what is found, or read, runs. */
function runsByOthers(args: readonly Word[]): readonly Word[] {
  const at = args.findIndex((word) => SHELL.test(baseOf(text(word))) || INTERPRETER.test(baseOf(text(word))));
  const alone = args.findIndex(
    (word, index) => /^-(exec|execdir|ok)$/.test(text(args[index - 1] ?? [])) && text(word) === "{}",
  );
  return at === -1 && alone === -1 ? [] : [[{ is: "variable", name: "{}" }]];
}

function allWords(command: Command | undefined, depth = 0): readonly Word[] {
  if (command === undefined) return [];
  if (depth > MOST_PIPES) return [[{ is: "variable", name: "" }]];
  return [...command.words.slice(1), ...allWords(command.fedBy, depth + 1)];
}

/** Of longer pipelines nobody knows what they feed. */
const MOST_PIPES = 20;

function firstArgument(args: readonly Word[]): Word | undefined {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? [];
    const said = text(word);
    if (/^[-+][oO]$/.test(said) || WITH_FILE.has(said)) at++;
    else if (/^(-c|-e|-p|--eval)$/.test(said)) return undefined;
    else if (said === "-" || said === "run" || !/^[-+]/.test(said)) {
      if (said !== "-" && said !== "run") return word;
    }
  }
  return undefined;
}

function afterOption(args: readonly Word[], options: ReadonlySet<string>): readonly Word[] {
  return args.flatMap((word, at) => (options.has(text(args[at - 1] ?? [])) ? [word] : []));
}

function foldersOf(name: string, args: readonly Word[]): readonly Word[] {
  if (name === "cd" || name === "pushd") return args.filter((word) => !/^[-+]/.test(text(word))).slice(0, 1);
  return args.flatMap((word, at): readonly Word[] => {
    const [first, ...rest] = word;
    const option = typeof first === "string" ? FOLDER_OPTION.exec(first) : null;
    if (option?.[2] === "=" && typeof first === "string") return [[first.slice(option[0].length), ...rest]];
    const before = FOLDER_OPTION.exec(text(args[at - 1] ?? []));
    return before && before[2] === "" ? [word] : [];
  });
}

function scriptsOf(name: string, args: readonly Word[]): readonly string[] {
  if (!SHELL.test(name) && name !== "eval") return [];
  const words = name === "eval" ? args : afterOption(args, new Set(["-c"]));
  return words.map(text).filter((script) => /\s/.test(script));
}

/** The text a word begins with; a word with anything put into it never equals a name. */
function text(word: Word): string {
  return word.map((piece) => (typeof piece === "string" ? piece : "\0")).join("");
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
