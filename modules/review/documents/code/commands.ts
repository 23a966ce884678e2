import { readInline } from "./inline";
import {
  builds,
  fetches,
  filters,
  INTERPRETER,
  isKnownProgram,
  isSearchPath,
  mustBeTold,
  onlyReads,
  SHELL,
  wraps,
} from "./programs";
import type { Command, Word } from "./shell";
import { baseOf, sourceOf, splitWord, textOf as text } from "./words";

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
  /** Where these name a folder, whatever lies in it may run. */
  readonly wholes: readonly Word[];
  /** The same, and one that cannot be told lets anything run: search paths, and what a container is given. */
  readonly searched: readonly Word[];
  readonly tokens: readonly string[];
  /** Bare names of programs, which a search path may lead to a file of the repository. */
  readonly programs: readonly string[];
  /** It runs what is put together, decoded, or found while it runs. */
  readonly computed: boolean;
}

const NONE: CommandUse = {
  runs: [],
  folders: [],
  assigns: [],
  others: [],
  scripts: [],
  wholes: [],
  searched: [],
  tokens: [],
  programs: [],
  computed: false,
};

function use(part: Partial<CommandUse>): CommandUse {
  return { ...NONE, ...part };
}

export function joinUses(uses: readonly CommandUse[]): CommandUse {
  return {
    runs: uses.flatMap(({ runs }) => runs),
    folders: uses.flatMap(({ folders }) => folders),
    assigns: uses.flatMap(({ assigns }) => assigns),
    others: uses.flatMap(({ others }) => others),
    scripts: uses.flatMap(({ scripts }) => scripts),
    wholes: uses.flatMap(({ wholes }) => wholes),
    searched: uses.flatMap(({ searched }) => searched),
    tokens: uses.flatMap(({ tokens }) => tokens),
    programs: uses.flatMap(({ programs }) => programs),
    computed: uses.some(({ computed }) => computed),
  };
}

const BEFORE =
  /^(if|then|else|elif|do|while|until|!|\{|\}|time|exec|command|builtin|nohup|sudo|doas|env|nice|setsid|stdbuf|timeout)$/;
const WITH_FILE = new Set([
  ...["-r", "--require", "--import", "--loader", "--experimental-loader", "--env-file", "-f", "--file"],
  ...["--rcfile", "--init-file"],
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
  const given = [...assigns, ...valuesIn(head, args)];
  const own = use({ assigns: given, searched: searchedBy(given), wholes: foundBy(given) });
  if (head === undefined) return own;
  const parts = [own, headUse(head, args, command), writesPath(command)];
  return joinUses(parts);
}

/** What commands assign with their arguments. */
function valuesIn(head: Word | undefined, args: readonly Word[]): readonly (readonly [string, Word])[] {
  const name = baseOf(text(head ?? []));
  if (/^(export|local|readonly|declare|typeset|echo|printf)$/.test(name))
    return args.flatMap((word) => optional(assignment(word)));
  if (name === "for" || name === "select") return loop(args);
  // What is read may be any name.
  if (/^(read|mapfile|readarray)$/.test(name))
    return args.filter((word) => /^\w+$/.test(text(word))).map((word) => [text(word), [{ is: "glob" }]] as const);
  return [];
}

function searchedBy(assigns: readonly (readonly [string, Word])[]): readonly Word[] {
  return assigns
    .filter(([name]) => mustBeTold(name))
    .flatMap(([name, word]) => splitWord(word, /[:;]/).filter((part) => !isVariable(part, name)));
}

function foundBy(assigns: readonly (readonly [string, Word])[]): readonly Word[] {
  return assigns.filter(([name]) => isSearchPath(name)).flatMap(([, word]) => splitWord(word, /[:;=,\s]/));
}

function isVariable(word: Word, name: string): boolean {
  const [piece] = word;
  return word.length === 1 && typeof piece === "object" && piece.is === "variable" && piece.name.endsWith(name);
}

function headUse(head: Word, args: readonly Word[], command: Command): CommandUse {
  const said = text(head);
  const name = baseOf(said);
  if (/^(export|local|readonly|declare|typeset|for|select|read|mapfile|readarray)$/.test(name)) return NONE;
  const scripts = /\s/.test(said) ? [sourceOf(head)] : [];
  const basic = use({
    runs: [head],
    folders: foldersOf(name, args),
    others: args,
    scripts,
    programs: bareProgram(head),
  });
  return joinUses([basic, ...special(name, args, command), ...folderUse(head, args)]);
}

/** What a program that is known by its name does besides. */
function special(name: string, args: readonly Word[], command: Command): readonly CommandUse[] {
  if (SHELL.test(name)) return [shellUse(args, command)];
  if (INTERPRETER.test(name)) return [interpreterUse(name, args, command)];
  if (name === "eval") return [use({ runs: args, scripts: [args.map(sourceOf).join(" ")] })];
  if (name === "source" || name === ".") return [use({ runs: args })];
  if (name === "make") return [use({ runs: afterOption(args, WITH_FILE) })];
  if (name === "alias") return [use({ scripts: args.map((word) => sourceOf(word).replace(/^[^=]*=/, "")) })];
  if (name === "trap") return [use({ scripts: args.slice(0, 1).map(sourceOf) })];
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
function folderUse(head: Word, args: readonly Word[]): readonly CommandUse[] {
  const said = text(head);
  const name = baseOf(said);
  // A script of the repository is read itself.
  if (/^\.{0,2}[^/~\0]*\//.test(said) && !said.startsWith("/")) return [use({ wholes: [head] })];
  if (CONTAINER.test(name)) return containerUse(args);
  if (SHELL.test(name) || INTERPRETER.test(name)) return [];
  if (FINDS.test(name)) return [];
  const inner = innerCommand(name, args);
  const given = inner === undefined ? [] : [useOf({ words: inner })];
  if (onlyReads(name) || wraps(name)) return given;
  return [use({ wholes: [head, ...pieces(args)] }), ...innerShells(args), ...given];
}

function containerUse(args: readonly Word[]): readonly CommandUse[] {
  const [first, second] = args.map(text).filter((word) => !/^-/.test(word));
  const doing =
    first === "compose" || first === "buildx" || first === "image" || first === "container" ? second : first;
  if (doing === undefined || CONTAINER_READS.test(doing)) return [];
  if (first === "compose" || doing === "bake" || doing === "up") return [use({ runs: [NOT_TOLD] })];
  const mounted = args.filter(
    (word, at) => MOUNT.test(text(args[at - 1] ?? [])) || /^(-v|--(volume|mount)=)./.test(text(word)),
  );
  return [use({ wholes: pieces(args), searched: mounted.flatMap(mountedBy) }), ...innerShells(args)];
}

const MOUNT = /^(-v|--volume|--mount|--build-context)$/;
const NOT_TOLD: Word = [{ is: "variable", name: "" }];

/** What a container gets of the machine: what stands before the first colon, or as the source. */
function mountedBy(word: Word): readonly Word[] {
  const parts = splitWord(word, /[:,]/);
  const source = parts.find((part) => /^(source|src)=/.test(text(part)));
  const [first] = parts;
  const taken = source ?? first;
  return taken === undefined ? [] : splitWord(taken, /=/).slice(-1);
}

/** The parts of arguments that may be folders. */
function pieces(args: readonly Word[]): readonly Word[] {
  return args.flatMap((word) => [word, ...splitWord(word, /[:=,]/)]);
}

/** A shell or an interpreter among the arguments of another program: with what follows it is a command. */
function innerShells(args: readonly Word[]): readonly CommandUse[] {
  return args.flatMap((word, at) => {
    const name = baseOf(text(word));
    return SHELL.test(name) || INTERPRETER.test(name) ? [useOf({ words: args.slice(at) })] : [];
  });
}

/** The command that a wrapper is given: `npx x`, `yarn dlx x`, `aws-vault exec y -- x`. */
function innerCommand(name: string, args: readonly Word[]): readonly Word[] | undefined {
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

/** What it adds to the search path of later steps. */
function writesPath({ words: own, targets = [], fedBy }: Command): CommandUse {
  const words = [...own, ...targets];
  const isPath = (word: Word) =>
    word.some((piece) => typeof piece === "object" && /(^|\.)GITHUB_PATH$/.test(nameOf(piece))) ||
    /GITHUB_PATH/.test(text(word));
  const told = words.flatMap((word) => {
    const [, rest] = ADDED.exec(sourceOf(word)) ?? [];
    return rest === undefined ? [] : [[rest]];
  });
  if (!words.some(isPath)) return use({ searched: told });
  const [head, ...args] = [...words, ...(fedBy?.words.slice(1) ?? [])];
  const says = /^(echo|printf|tee|Write-Output|Add-Content|Out-File)$/.test(text(head ?? []));
  const given = args.filter((word) => !isPath(word) && !/^(-|%s)/.test(text(word)));
  return use({ searched: [...told, ...given, ...(says ? [] : [NOT_TOLD])] });
}

const ADDED = /(?:::add-path::|##vso\[task\.prependpath\])(.+)$/s;

function nameOf(piece: Exclude<Word[number], string>): string {
  return piece.is === "variable" ? piece.name : "";
}

function shellUse(args: readonly Word[], command: Command): CommandUse {
  const flagged = args.findIndex((word) => /^-[a-zA-Z]*c$/.test(text(word)));
  const files = afterOption(args, WITH_FILE);
  if (flagged !== -1) {
    const script = args[flagged + 1] ?? [];
    return use({ runs: files.concat(typeof script[0] === "string" ? [] : [script]), scripts: [sourceOf(script)] });
  }
  const given = args.some((word) => text(word) === "-s") ? undefined : firstArgument(args);
  if (given === undefined || text(given) === "/dev/stdin")
    return joinUses([use({ runs: files }), stdinUse("sh", command)]);
  // A pipeline's own language gives the whole script in one string.
  return use({ runs: [...files, given], scripts: /\s/.test(text(given)) ? [sourceOf(given)] : [] });
}

const CODE = /^(-c|-e|-p|-pe|-ne|-pi|-r|-E|--eval|--print|eval|-Command|-command|-EncodedCommand)$/;

function languageOf(name: string): "python" | "js" | "other" {
  if (/^(python|pypy)/i.test(name)) return "python";
  return /^(node(js)?|bun|deno|tsx|ts-node)$/i.test(name) ? "js" : "other";
}

function interpreterUse(name: string, args: readonly Word[], command: Command): CommandUse {
  const language = languageOf(name);
  const module = args.findIndex((word) => text(word) === "-m");
  if (language === "python" && module !== -1) return moduleUse(args.slice(module + 1));
  const coded = args.flatMap((word, at) => {
    const option = text(args[at - 1] ?? []);
    return CODE.test(option) && !(option === "-r" && language === "js") ? [word] : [];
  });
  const glued = args.flatMap((word) =>
    /^(?:-[ce]|--eval=|--print=|-[pn]e)(?=.)(?!$)/.test(text(word)) && !CODE.test(text(word)) ? [word] : [],
  );
  const files = afterOption(args, WITH_FILE);
  if (coded.length + glued.length > 0)
    return joinUses([use({ runs: files }), ...[...coded, ...glued].map((word) => inlineUse(language, word))]);
  const given = firstArgument(args);
  if (given !== undefined && text(given) !== "/dev/stdin") return use({ runs: [...files, given], wholes: [given] });
  return joinUses([use({ runs: files }), stdinUse(language, command)]);
}

function moduleUse([module = [], ...args]: readonly Word[]): CommandUse {
  const path = text(module).replaceAll(".", "/");
  return use({
    runs: typeof module[0] === "string" ? [] : [module],
    tokens: [`${path}.py`, `${path}/__main__.py`, `${path}/__init__.py`],
    wholes: pieces(args),
  });
}

function inlineUse(language: "python" | "js" | "other", word: Word): CommandUse {
  const put = word.some((piece) => typeof piece !== "string" && piece.is === "command");
  const whole = typeof word[0] !== "string" || (word[0] === "" && typeof word[1] === "object");
  const read = readInline(language, word.map((piece) => (typeof piece === "string" ? piece : "")).join(""));
  return use({
    computed: read.computed || put,
    scripts: read.scripts,
    tokens: read.tokens,
    runs: whole ? [word] : [],
  });
}

/** What runs because it is written into a shell or an interpreter. */
function stdinUse(language: "sh" | "python" | "js" | "other", { fedBy, input }: Command): CommandUse {
  if (input !== undefined) return codeUse(language, input);
  return fedBy === undefined ? NONE : feederUse(language, fedBy, 0);
}

function codeUse(language: "sh" | "python" | "js" | "other", word: Word): CommandUse {
  return language === "sh" ? use({ scripts: [sourceOf(word)] }) : inlineUse(language, word);
}

function feederUse(language: "sh" | "python" | "js" | "other", feeder: Command, depth: number): CommandUse {
  const [head = [], ...args] = feeder.words;
  const name = baseOf(text(head));
  if (depth > MOST_PIPES) return use({ computed: true });
  if ((name === "cat" || name === "tee") && feeder.input !== undefined) return codeUse(language, feeder.input);
  if (name === "cat" && args.length > 0) return use({ runs: args });
  if (name === "echo" || name === "printf")
    return codeUse(language, joinWords(args.filter((word) => !/^-\w$/.test(text(word)))));
  if (fetches(name)) return use({ wholes: args });
  const first = originOf(feeder, 0);
  if (filters(name) && feeder.fedBy !== undefined && fetches(first)) return NONE;
  if (name === "tee" && feeder.fedBy !== undefined) return feederUse(language, feeder.fedBy, depth + 1);
  return use({ computed: true, runs: args });
}

/** Of longer pipelines nobody knows what they feed. */
const MOST_PIPES = 20;

function originOf({ words, fedBy }: Command, depth: number): string {
  return fedBy === undefined || depth > MOST_PIPES ? baseOf(text(words[0] ?? [])) : originOf(fedBy, depth + 1);
}

function joinWords(words: readonly Word[]): Word {
  return words.flatMap((word, at) => (at === 0 ? word : [" ", ...word]));
}

/** `find -exec sh {}`: what is found, or read, runs, unless the command only looks at it. */
function foundUse(name: string, args: readonly Word[]): CommandUse {
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

function isHarmless([head = [], ...args]: readonly Word[]): boolean {
  const name = baseOf(text(head));
  if (BEFORE.test(name) && args.length > 0) return isHarmless(args.filter((word) => !text(word).startsWith("-")));
  const inner = innerCommand(name, args);
  if (inner !== undefined) return isHarmless(inner);
  if (CONTAINER.test(name)) return CONTAINER_READS.test(text(args[0] ?? []));
  return onlyReads(name) || (builds(name) && (name === "cp" || name === "mv")) || name === "tar";
}

function firstArgument(args: readonly Word[]): Word | undefined {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? [];
    const said = text(word);
    if (/^[-+][oO]$/.test(said) || WITH_FILE.has(said)) at++;
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

/** What runs because an earlier command wrote it to that file. */
export function writtenUse(run: Word, commands: readonly Command[]): CommandUse {
  const said = plainSource(run);
  const ext = /\.(py|[cm]?js)$/.exec(said)?.[1];
  const language = ext === undefined ? "sh" : ext === "py" ? "python" : "js";
  return joinUses(
    commands.flatMap((command) => {
      if (command.targets?.some((target) => plainSource(target) === said)) return [feederUse(language, command, 0)];
      const decodes = DECODES.test(baseOf(text(command.words[0] ?? [])));
      return decodes && command.words.slice(1).some((word) => plainSource(word) === said)
        ? [use({ computed: true })]
        : [];
    }),
  );
}

const DECODES = /^(base64|base32|openssl|gpg|age|sops|xxd|uudecode|dd|sed|awk|envsubst|jq|yq|tee)$/;

function plainSource(word: Word): string {
  return sourceOf(word).replace(/^\.\//, "");
}

/** A bare name that may be a file of the repository by way of a search path. */
function bareProgram(word: Word): readonly string[] {
  const said = text(word);
  return /^[\w.+-]+$/.test(said) && !isKnownProgram(said) && !CONTAINER.test(said) ? [said] : [];
}
