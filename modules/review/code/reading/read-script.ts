import type { CommandUse } from "./command-use";
import { useOf } from "./commands";
import { plainSource, writtenBy, writtenUse } from "./interpreters";
import { builds } from "./programs";
import { type Command, parseShell } from "./shell";
import { EMPTY, type TextRead } from "./text-read";
import { textOfWord } from "./words";

export function readScript(text: string, packaged = false): TextRead {
  const uses = commandUses(text, packaged);
  return { ...fromUses(uses), tokens: [...tokensOf(withoutComments(text)), ...uses.flatMap(({ tokens }) => tokens)] };
}

export function fromUses(uses: readonly CommandUse[]): TextRead {
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
const POWERSHELL =
  /(^|[\n;{|])[ \t]{0,40}(iex|Invoke-Expression)\b|FromBase64String|-EncodedCommand|(^|[\n;{|])[ \t]{0,40}&[ \t]{0,40}[("$]/i;

export function withInner(uses: readonly CommandUse[], depth: number): readonly CommandUse[] {
  const scripts = [...new Set(uses.flatMap(({ scripts: inner }) => inner))];
  if (scripts.length === 0) return uses;
  if (depth > MOST_INNER) return [...uses, COMPUTED];
  return [
    ...uses,
    ...scripts.flatMap((script) =>
      withInner(
        parseShell(script).map((command) => useOf(command)),
        depth + 1,
      ),
    ),
  ];
}

/** Nobody writes scripts in scripts that deep: what they run is not known. */
const MOST_INNER = 4;

/** What runs out of a file that one of the commands wrote. */
export function writtenUses(commands: readonly Command[], uses: readonly CommandUse[]): readonly CommandUse[] {
  const written = writtenBy(commands);
  const files = new Set(uses.flatMap(({ runs }) => runs.map(plainSource)));
  return [...files]
    .filter((file) => written.by.has(file) || written.decoded.has(file))
    .map((file) => writtenUse(file, written));
}

function isBuild({ words }: Command): boolean {
  return words.slice(0, 3).some((word) => builds(textOfWord(word)));
}

/** Without lines that begin with a number sign; the first line of a script is none of them. */
export function withoutComments(text: string): string {
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
