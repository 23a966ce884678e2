export const SHELLS = ["posix", "fish", "powershell"] as const;
export type Shell = (typeof SHELLS)[number];

/** How a shell takes a text as it is, sets a variable, and forgets one. */
interface Dialect {
  readonly quote: (text: string) => string;
  readonly set: (name: string, quoted: string) => string;
  readonly unset: (name: string) => string;
  /** Makes the evaluation a failure. */
  readonly fail: string;
}

const DIALECTS: Readonly<Record<Shell, Dialect>> = {
  posix: {
    quote: (text) => `'${text.replaceAll("'", "'\\''")}'`,
    set: (name, quoted) => `export ${name}=${quoted}`,
    unset: (name) => `unset ${name}`,
    fail: "false",
  },
  // Source: fish documentation, "Quotes": within single quotes only \' and \\ mean something.
  fish: {
    quote: (text) => `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`,
    set: (name, quoted) => `set -gx ${name} ${quoted}`,
    unset: (name) => `set -e ${name}`,
    fail: "false",
  },
  // Source: PowerShell, about_Quoting_Rules: a doubled quote is one; typographic single quotes end a text as well.
  powershell: {
    quote: (text) => `'${text.replace(/['\u2018-\u201b]/g, (character) => character + character)}'`,
    set: (name, quoted) => `$env:${name} = ${quoted}`,
    unset: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
    fail: "throw 'rolecall: no keys'",
  },
};

/** Lines for the shell's own evaluation: first what is forgotten, then what is set. */
export function shellLines(
  shell: Shell,
  variables: Readonly<Record<string, string>>,
  forgotten: readonly string[],
): string {
  const { quote, set, unset } = DIALECTS[shell];
  const lines = [...forgotten.map(unset), ...Object.entries(variables).map(([name, value]) => set(name, quote(value)))];
  return `${lines.join("\n")}\n`;
}

/** Lines that forget variables and then fail: an evaluation of nothing would succeed, and leave what was there. */
export function failingLines(shell: Shell, forgotten: readonly string[]): string {
  const { unset, fail } = DIALECTS[shell];
  return `${[...forgotten.map(unset), fail].join("\n")}\n`;
}
