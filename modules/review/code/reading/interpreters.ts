import { type CommandUse, joinUses, NONE, use } from "./command-use";
import { readInline } from "./inline";
import { fetches, filters } from "./programs";
import type { Command, ShellWord } from "./shell";
import { baseOf, sourceOfWord, splitWord, textOfWord as text } from "./words";

export const WITH_FILE = new Set([
  ...["-r", "--require", "--import", "--loader", "--experimental-loader", "--env-file", "-f", "--file"],
  ...["--rcfile", "--init-file"],
]);

export function shellUse(args: readonly ShellWord[], command: Command): CommandUse {
  const flagged = args.findIndex((word) => /^-[a-zA-Z]*c$/.test(text(word)));
  const files = afterOption(args, WITH_FILE);
  if (flagged !== -1) {
    const script = args[flagged + 1] ?? [];
    return use({ runs: files.concat(typeof script[0] === "string" ? [] : [script]), scripts: [sourceOfWord(script)] });
  }
  const given = args.some((word) => text(word) === "-s") ? undefined : firstArgument(args);
  if (given === undefined || text(given) === "/dev/stdin")
    return joinUses([use({ runs: files }), stdinUse("sh", command)]);
  // A pipeline's own language gives the whole script in one string.
  return use({ runs: [...files, given], scripts: /\s/.test(text(given)) ? [sourceOfWord(given)] : [] });
}

const CODE = /^(-c|-e|-p|-pe|-ne|-pi|-r|-E|--eval|--print|eval|-Command|-command|-EncodedCommand)$/;

function languageOf(name: string): "python" | "js" | "other" {
  if (/^(python|pypy)/i.test(name)) return "python";
  return /^(node(js)?|bun|deno|tsx|ts-node)$/i.test(name) ? "js" : "other";
}

export function interpreterUse(name: string, args: readonly ShellWord[], command: Command): CommandUse {
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

function moduleUse([module = [], ...args]: readonly ShellWord[]): CommandUse {
  const path = text(module).replaceAll(".", "/");
  return use({
    runs: typeof module[0] === "string" ? [] : [module],
    tokens: [`${path}.py`, `${path}/__main__.py`, `${path}/__init__.py`],
    wholes: pieces(args),
  });
}

function inlineUse(language: "python" | "js" | "other", word: ShellWord): CommandUse {
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

function codeUse(language: "sh" | "python" | "js" | "other", word: ShellWord): CommandUse {
  return language === "sh" ? use({ scripts: [sourceOfWord(word)] }) : inlineUse(language, word);
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

/** What longer pipelines feed is not known. */
const MOST_PIPES = 20;

function originOf({ words, fedBy }: Command, depth: number): string {
  return fedBy === undefined || depth > MOST_PIPES ? baseOf(text(words[0] ?? [])) : originOf(fedBy, depth + 1);
}

function joinWords(words: readonly ShellWord[]): ShellWord {
  return words.flatMap((word, at) => (at === 0 ? word : [" ", ...word]));
}

function firstArgument(args: readonly ShellWord[]): ShellWord | undefined {
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

export function afterOption(args: readonly ShellWord[], options: ReadonlySet<string>): readonly ShellWord[] {
  return args.flatMap((word, at) => (options.has(text(args[at - 1] ?? [])) ? [word] : []));
}

/** What commands write, by the file that they write it to. */
export interface WrittenFiles {
  readonly by: ReadonlyMap<string, readonly Command[]>;
  /** Files that something which decodes or computes writes on request. */
  readonly decoded: ReadonlySet<string>;
}

export function writtenBy(commands: readonly Command[]): WrittenFiles {
  const by = new Map<string, Command[]>();
  const decoded = new Set<string>();
  for (const command of commands) {
    for (const target of command.targets ?? []) {
      const name = plainSource(target);
      by.set(name, [...(by.get(name) ?? []).slice(-MOST_WRITERS), command]);
    }
    if (DECODES.test(baseOf(text(command.words[0] ?? []))))
      for (const word of command.words.slice(1)) decoded.add(plainSource(word));
  }
  return { by, decoded };
}

/** One file is written to by so many commands only where each adds a line; the last ones stand for it. */
const MOST_WRITERS = 50;

/** What runs because an earlier command wrote it to that file. */
export function writtenUse(file: string, { by, decoded }: WrittenFiles): CommandUse {
  const ext = /\.(py|[cm]?js)$/.exec(file)?.[1];
  const language = ext === undefined ? "sh" : ext === "py" ? "python" : "js";
  const fed = (by.get(file) ?? []).map((command) => feederUse(language, command, 0));
  return joinUses([...fed, use({ computed: decoded.has(file) })]);
}

const DECODES = /^(base64|base32|openssl|gpg|age|sops|xxd|uudecode|dd|sed|awk|envsubst|jq|yq|tee)$/;

export function plainSource(word: ShellWord): string {
  return sourceOfWord(word).replace(/^\.\//, "");
}

/** The parts of arguments that may be folders. */
export function pieces(args: readonly ShellWord[]): readonly ShellWord[] {
  return args.flatMap((word) => [word, ...splitWord(word, /[:=,]/)]);
}
