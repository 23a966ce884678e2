import { expectCode, HOME, rolecall } from "../support/run-command";

/** What the help of one command says that it takes. */
interface Takes {
  readonly least: number;
  readonly most: number;
  /** By name with hyphens: whether it takes a value, and one or many. */
  readonly options: ReadonlyMap<string, "none" | "one" | "many">;
}

const read = new Map<string, Promise<string>>();

/** What is wrong with a call, by the help of the real command line; `undefined` when nothing is. `partly`: prose may leave arguments out. */
export async function wrongWith(words: readonly string[], partly = false): Promise<string | undefined> {
  const [first = "", second = ""] = words;
  if (first === "--help" || first.startsWith("<") || words.includes("--help")) return undefined;
  const help = await helpOf([first]);
  if (!help.startsWith(`Usage: rolecall ${first} `)) return `no command ${first}`;
  const group = /^Commands:/m.test(help);
  if (!group) return judge(takesOf(help), words.slice(1), partly);
  if (partly && second === "") return undefined;
  const inner = await helpOf([first, second]);
  if (!inner.startsWith(`Usage: rolecall ${first} ${second} `)) return `no command ${first} ${second}`;
  return judge(takesOf(inner), words.slice(2), partly);
}

function helpOf(path: readonly string[]): Promise<string> {
  const key = path.join(" ");
  const help = read.get(key) ?? rolecall(HOME, process.env, ...path, "--help").then((ran) => expectCode(ran, 0).stdout);
  read.set(key, help);
  return help;
}

function takesOf(help: string): Takes {
  const [usage = ""] = /^Usage: (?:.+\n)+/.exec(help) ?? [];
  const positional = usage.split("[options]")[1]?.match(/[<[][^>\]]+[>\]]/g) ?? [];
  const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)(?: ([<[]\S+))?/gm)].map(
    ([, name = "", value]) => [name, value === undefined ? "none" : value.includes("...") ? "many" : "one"] as const,
  );
  return {
    least: positional.filter((each) => each.startsWith("<") && !each.includes("...")).length,
    most: positional.some((each) => each.includes("...")) ? Number.POSITIVE_INFINITY : positional.length,
    options: new Map(options),
  };
}

function judge({ least, most, options }: Takes, words: readonly string[], partly: boolean): string | undefined {
  const end = words.indexOf("--");
  let given = 0;
  let room = 0;
  for (const word of end < 0 ? words : words.slice(0, end)) {
    if (word.startsWith("--")) {
      const [name = "", value] = word.split("=");
      const takes = options.get(name);
      if (takes === undefined) return `no option ${name}`;
      room = takes === "none" || value !== undefined ? 0 : takes === "one" ? 1 : Number.POSITIVE_INFINITY;
    } else if (room > 0) room -= 1;
    else given += 1;
  }
  if (given > most) return `${given} arguments, and it takes ${most}`;
  return given < least && !partly ? `${given} arguments, and it needs ${least}` : undefined;
}
