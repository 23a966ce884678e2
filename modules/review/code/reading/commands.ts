import { type CommandUse, joinUses, NONE, use } from "./command-use";
import { afterOption, interpreterUse, pieces, shellUse, WITH_FILE } from "./interpreters";
import { builds, INTERPRETER, isKnownProgram, isSearchPath, mustBeKnown, onlyReads, SHELL, wraps } from "./programs";
import type { Command, ShellWord } from "./shell";
import { baseOf, sourceOfWord, splitWord, textOfWord as text } from "./words";

const BEFORE =
  /^(if|then|else|elif|do|while|until|!|\{|\}|time|exec|command|builtin|nohup|sudo|doas|env|nice|setsid|stdbuf|timeout)$/;
const FOLDER_OPTION = /^(-C|--prefix|--cwd|--dir|--directory|--project|-w|--workspace|--filter|-chdir)(=|$)/;

export function useOf(command: Command, depth = 0): CommandUse {
  if (depth > MOST_INNER) return use({ computed: true });
  const assigns: (readonly [string, ShellWord])[] = [];
  let at = 0;
  for (let first = command.words[0]; first !== undefined; first = command.words[++at]) {
    const assigned = assignment(first);
    if (assigned) assigns.push(assigned);
    else if (!BEFORE.test(text(first)) && !(at > 0 && /^(-|\d+[smhd]?$)/.test(text(first)))) break;
  }
  const [head, ...args] = command.words.slice(at);
  const given = [...assigns, ...valuesIn(head, args)];
  const own = use({ assigns: given, searched: searchedBy(given), wholes: foundBy(given) });
  if (head === undefined) return own;
  const parts = [own, headUse(head, args, command, depth), writesPath(command)];
  return joinUses(parts);
}

/** What commands assign with their arguments. */
function valuesIn(head: ShellWord | undefined, args: readonly ShellWord[]): readonly (readonly [string, ShellWord])[] {
  const name = baseOf(text(head ?? []));
  if (/^(export|local|readonly|declare|typeset|echo|printf)$/.test(name))
    return args.flatMap((word) => optional(assignment(word)));
  if (name === "for" || name === "select") return loop(args);
  // What is read may be any name.
  if (/^(read|mapfile|readarray)$/.test(name))
    return args.filter((word) => /^\w+$/.test(text(word))).map((word) => [text(word), [{ is: "glob" }]] as const);
  return [];
}

function searchedBy(assigns: readonly (readonly [string, ShellWord])[]): readonly ShellWord[] {
  return assigns
    .filter(([name]) => mustBeKnown(name))
    .flatMap(([name, word]) => splitWord(word, /[:;]/).filter((part) => !isVariable(part, name)));
}

function foundBy(assigns: readonly (readonly [string, ShellWord])[]): readonly ShellWord[] {
  return assigns.filter(([name]) => isSearchPath(name)).flatMap(([, word]) => splitWord(word, /[:;=,\s]/));
}

function isVariable(word: ShellWord, name: string): boolean {
  const [piece] = word;
  return word.length === 1 && typeof piece === "object" && piece.is === "variable" && piece.name.endsWith(name);
}

function headUse(head: ShellWord, args: readonly ShellWord[], command: Command, depth: number): CommandUse {
  const said = text(head);
  const name = baseOf(said);
  if (/^(export|local|readonly|declare|typeset|for|select|read|mapfile|readarray)$/.test(name)) return NONE;
  const scripts = /\s/.test(said) ? [sourceOfWord(head)] : [];
  const basic = use({
    runs: [head],
    folders: foldersOf(name, args),
    others: args,
    scripts,
    programs: bareProgram(head),
  });
  return joinUses([basic, ...special(name, args, command), ...folderUse(head, args, depth)]);
}

/** What a program that is known by its name does besides. */
function special(name: string, args: readonly ShellWord[], command: Command): readonly CommandUse[] {
  if (SHELL.test(name)) return [shellUse(args, command)];
  if (INTERPRETER.test(name)) return [interpreterUse(name, args, command)];
  if (name === "eval") return [use({ runs: args, scripts: [args.map(sourceOfWord).join(" ")] })];
  if (name === "source" || name === ".") return [use({ runs: args })];
  if (name === "make") return [use({ runs: afterOption(args, WITH_FILE) })];
  if (name === "alias") return [use({ scripts: args.map((word) => sourceOfWord(word).replace(/^[^=]*=/, "")) })];
  if (name === "trap") return [use({ scripts: args.slice(0, 1).map(sourceOfWord) })];
  if (FINDS.test(name)) return [foundUse(name, args)];
  if (/^[gmn]?awk$/.test(name)) return [use({ computed: args.some((word) => /system|getline|\|/.test(text(word))) })];
  if (name === "sed") return [use({ computed: args.some((word) => SED_RUNS.test(text(word))) })];
  if (name === "git") return [use({ wholes: args.some((word) => GIT_RUNS.test(text(word))) ? pieces(args) : [] })];
  return [];
}

const FINDS = /^(find|fd|fdfind|xargs|parallel)$/;
const SED_RUNS = /^(\d+|\$|\/[^/]*\/)?e(\s|$)|[;{]\s*(\d+|\$)?e(\s|$)|^s(?<sign>.).*\k<sign>[gip\d]*e[gip\d]*$/s;
const GIT_RUNS =
  /hookspath|\bcore\.|^alias\.|^(bisect|foreach|filter-branch|difftool|mergetool)$|^(-x|--exec)|\.(cmd|clean|smudge|process|helper)$/i;

const CONTAINER = /^(docker|podman|nerdctl|buildah|finch|docker-compose|lima|act|earthly|dagger|devcontainer)$/;
const CONTAINER_READS =
  /^(login|logout|pull|push|tag|images?|ps|logs|inspect|rmi?|info|version|save|load|manifest|network|volume|system|stop|kill|wait|context|scout|history|search|port|stats|top|diff|imagetools|ls|create-context|down|config|--version)$/;

/** Folders in the arguments of what is not known to only look at them, and the commands that it is given. */
function folderUse(head: ShellWord, args: readonly ShellWord[], depth: number): readonly CommandUse[] {
  const said = text(head);
  const name = baseOf(said);
  // A script of the repository is read itself.
  if (/^\.{0,2}[^/~\0]*\//.test(said) && !said.startsWith("/")) return [use({ wholes: [head] })];
  if (CONTAINER.test(name)) return containerUse(args, depth);
  if (SHELL.test(name) || INTERPRETER.test(name)) return [];
  if (FINDS.test(name)) return [];
  const inner = innerCommand(name, args);
  const given = inner === undefined ? [] : [useOf({ words: inner }, depth + 1)];
  if (onlyReads(name) || wraps(name)) return given;
  return [use({ wholes: [head, ...pieces(args)] }), ...innerShells(args, depth), ...given];
}

function containerUse(args: readonly ShellWord[], depth: number): readonly CommandUse[] {
  const [first, second] = args.map(text).filter((word) => !/^-/.test(word));
  const doing =
    first === "compose" || first === "buildx" || first === "image" || first === "container" ? second : first;
  if (doing === undefined || CONTAINER_READS.test(doing)) return [];
  if (first === "compose" || doing === "bake" || doing === "up") return [use({ runs: [NOT_TOLD] })];
  const mounted = args.filter(
    (word, at) => MOUNT.test(text(args[at - 1] ?? [])) || /^(-v|--(volume|mount)=)./.test(text(word)),
  );
  return [use({ wholes: pieces(args), searched: mounted.flatMap(mountedBy) }), ...innerShells(args, depth)];
}

const MOUNT = /^(-v|--volume|--mount|--build-context)$/;
const NOT_TOLD: ShellWord = [{ is: "variable", name: "" }];

/** What a container gets of the machine: what is before the first colon, or as the source. */
function mountedBy(word: ShellWord): readonly ShellWord[] {
  const parts = splitWord(word, /[:,]/);
  const source = parts.find((part) => /^(source|src)=/.test(text(part)));
  const [first] = parts;
  const taken = source ?? first;
  return taken === undefined ? [] : splitWord(taken, /=/).slice(-1);
}

/** A shell or an interpreter among the arguments of another program: with what follows it is a command. */
function innerShells(args: readonly ShellWord[], depth: number): readonly CommandUse[] {
  const starts = args.flatMap((word, at) => {
    const name = baseOf(text(word));
    return SHELL.test(name) || INTERPRETER.test(name) ? [at] : [];
  });
  if (starts.length > MOST_INNER) return [use({ computed: true })];
  return starts.map((at) => useOf({ words: args.slice(at) }, depth + 1));
}

/** Nobody writes so many shells and wrappers into one command. */
const MOST_INNER = 5;

/** The command that a wrapper is given: `npx x`, `yarn dlx x`, `aws-vault exec y -- x`. */
function innerCommand(name: string, args: readonly ShellWord[]): readonly ShellWord[] | undefined {
  const said = args.map(text);
  const after = (at: number) => {
    const rest = args.slice(at);
    const start = rest.findIndex((word) => !/^-/.test(text(word)));
    return start === -1 ? undefined : rest.slice(start);
  };
  const dashes = said.indexOf("--");
  if (wraps(name)) return after(0);
  if (/^(npm|yarn|pnpm|bun)$/.test(name)) {
    const [first] = said;
    return first === "exec" || first === "x" || first === "dlx" ? after(1) : undefined;
  }
  const hands = !onlyReads(name) || /^(aws-vault|op|vault)$/.test(name);
  if (dashes !== -1 && hands) return after(dashes + 1);
  if (/^(bundle|poetry|uv|pipenv|hatch|pdm|rye|mise|asdf|direnv|rbenv|pyenv|nix|conda)$/.test(name)) {
    const at = said.findIndex((word) => /^(exec|run|-c|develop)$/.test(word));
    return at === -1 ? undefined : after(at + 1);
  }
  return undefined;
}

function optional<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

function assignment(word: ShellWord): readonly [string, ShellWord] | undefined {
  const [first, ...rest] = word;
  const [, name, value] = (typeof first === "string" && /^(\w+)\+?=(.*)$/s.exec(first)) || [];
  return name === undefined || value === undefined ? undefined : [name, value === "" ? rest : [value, ...rest]];
}

function loop(args: readonly ShellWord[]): readonly (readonly [string, ShellWord])[] {
  const name = text(args[0] ?? []);
  if (text(args[1] ?? []) !== "in") return [[name, [{ is: "variable", name: "@" }]]];
  return args.slice(2).map((word) => [name, word] as const);
}

/** What it adds to the search path of later steps. */
function writesPath({ words: own, targets = [], fedBy }: Command): CommandUse {
  const words = [...own, ...targets];
  const isPath = (word: ShellWord) =>
    word.some((piece) => typeof piece === "object" && /(^|\.)GITHUB_PATH$/.test(nameOf(piece))) ||
    /GITHUB_PATH/.test(text(word));
  const told = words.flatMap((word) => {
    const [, rest] = ADDED.exec(sourceOfWord(word)) ?? [];
    return rest === undefined ? [] : [[rest]];
  });
  if (!words.some(isPath)) return use({ searched: told });
  const [head, ...args] = [...words, ...(fedBy?.words.slice(1) ?? [])];
  const says = /^(echo|printf|tee|Write-Output|Add-Content|Out-File)$/.test(text(head ?? []));
  const given = args.filter((word) => !isPath(word) && !/^(-|%s)/.test(text(word)));
  return use({ searched: [...told, ...given, ...(says ? [] : [NOT_TOLD])] });
}

const ADDED = /(?:::add-path::|##vso\[task\.prependpath\])(.+)$/s;

function nameOf(piece: Exclude<ShellWord[number], string>): string {
  return piece.is === "variable" ? piece.name : "";
}

/** `find -exec sh {}`: what is found, or read, runs, unless the command only looks at it. */
function foundUse(name: string, args: readonly ShellWord[]): CommandUse {
  const said = args.map(text);
  const isExec = (word: string) => /^(-exec|-execdir|-ok|-okdir|-x|-X|--exec|--exec-batch)$/.test(word);
  const starts =
    name === "find" || name.startsWith("fd")
      ? said.flatMap((word, at) => (isExec(word) ? [at + 1] : []))
      : [firstPlain(said)];
  const commands = starts.filter((at) => at < args.length).map((at) => args.slice(at));
  return use({ computed: commands.some((words) => !isHarmless(words)) });
}

/** Behind the options of xargs and their values. */
function firstPlain(said: readonly string[]): number {
  for (let at = 0; at < said.length; at++) {
    const word = said[at] ?? "";
    if (/^-[nIPLdsEa]$|^--(max-args|max-procs|replace|delimiter|arg-file|jobs)$/.test(word)) at++;
    else if (!word.startsWith("-")) return at;
  }
  return said.length;
}

function isHarmless([head = [], ...args]: readonly ShellWord[], depth = 0): boolean {
  if (depth > MOST_INNER) return false;
  const name = baseOf(text(head));
  if (BEFORE.test(name) && args.length > 0)
    return isHarmless(
      args.filter((word) => !text(word).startsWith("-")),
      depth + 1,
    );
  const inner = innerCommand(name, args);
  if (inner !== undefined) return isHarmless(inner, depth + 1);
  if (CONTAINER.test(name)) return CONTAINER_READS.test(text(args[0] ?? []));
  return onlyReads(name) || (builds(name) && (name === "cp" || name === "mv")) || name === "tar";
}

function foldersOf(name: string, args: readonly ShellWord[]): readonly ShellWord[] {
  if (name === "cd" || name === "pushd") return args.filter((word) => !/^[-+]/.test(text(word))).slice(0, 1);
  return args.flatMap((word, at): readonly ShellWord[] => {
    const [first, ...rest] = word;
    const option = typeof first === "string" ? FOLDER_OPTION.exec(first) : null;
    if (option?.[2] === "=" && typeof first === "string") return [[first.slice(option[0].length), ...rest]];
    const before = FOLDER_OPTION.exec(text(args[at - 1] ?? []));
    return before && before[2] === "" ? [word] : [];
  });
}

/** A bare name that may be a file of the repository by way of a search path. */
function bareProgram(word: ShellWord): readonly string[] {
  const said = text(word);
  return /^[\w.+-]+$/.test(said) && !isKnownProgram(said) && !CONTAINER.test(said) ? [said] : [];
}
