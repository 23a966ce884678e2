export const SHELLS = ["posix", "fish", "powershell"] as const;
export type Shell = (typeof SHELLS)[number];

/** How a shell takes a text as it is, sets a variable, and forgets one. Every line is whole by itself, and ended so that all may be in one. */
interface Dialect {
  readonly quote: (text: string) => string;
  readonly set: (name: string, quoted: string) => string;
  readonly unset: (name: string) => string;
  /** Keeps variables from being set where one of these would be there in spite of `unset`. */
  readonly guard?: (names: readonly string[]) => string;
  /** Last lines that make the evaluation a success, and a failure. */
  readonly done?: string;
  readonly guarded?: string;
  readonly fail: string;
}

/** Variables of fish that are every shell's and exported: no shell can hide one from the programs it starts. */
const UNIVERSAL = "rolecall_universal";

const DIALECTS: Readonly<Record<Shell, Dialect>> = {
  posix: {
    quote: (text) => `'${text.replaceAll("'", "'\\''")}'`,
    set: (name, quoted) => `export ${name}=${quoted};`,
    unset: (name) => `unset ${name};`,
    fail: "false;",
  },
  // Source: fish documentation, "Quotes": within single quotes only \' and \\ mean something; "set": scopes, and status 4 for
  // erasing nothing, which a later `set` leaves as it is.
  fish: {
    quote: (text) => `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`,
    set: (name, quoted) => `${eraseInFish(name)} test -z "$${UNIVERSAL}"; and set -gx ${name} ${quoted};`,
    unset: eraseInFish,
    guard: (names) =>
      `set -g ${UNIVERSAL}; for name in ${names.join(" ")}; if set -qUx $name; set -a ${UNIVERSAL} $name; end; end;`,
    done: "true;",
    guarded: `if test -n "$${UNIVERSAL}"; echo "no keys: $${UNIVERSAL} is a universal variable, which programs may take before a role's keys; erase it in all shells (set -eU $${UNIVERSAL}), or use rolecall exec" >&2; set -eg ${UNIVERSAL}; false; else; set -eg ${UNIVERSAL}; true; end;`,
    fail: "false;",
  },
  // Source: PowerShell, about_Quoting_Rules: a doubled quote is one; typographic single quotes end a text as well.
  powershell: {
    quote: (text) => `'${text.replace(/['\u2018-\u201b]/g, (character) => character + character)}'`,
    set: (name, quoted) => `$env:${name} = ${quoted};`,
    unset: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue;`,
    fail: "throw 'rolecall: no keys';",
  },
};

/** In every scope but the universal one, which is other shells' as well: `set -e` takes the innermost. */
function eraseInFish(name: string): string {
  return `while set -ql ${name}; or set -qg ${name}; set -e ${name}; or break; end;`;
}

/** Lines for the shell's own evaluation: first what is forgotten, then what is set. */
export function shellLines(
  shell: Shell,
  variables: Readonly<Record<string, string>>,
  forgotten: readonly string[],
): string {
  const { quote, set, unset, guard, done, guarded = done } = DIALECTS[shell];
  return linesOf([
    guard?.(forgotten),
    ...forgotten.map(unset),
    ...Object.entries(variables).map(([name, value]) => set(name, quote(value))),
    guarded,
  ]);
}

/** Lines that take away what `shellLines` has set. */
export function unsettingLines(shell: Shell, names: readonly string[]): string {
  const { unset, done } = DIALECTS[shell];
  return linesOf([...names.map(unset), done]);
}

/** Lines that forget variables and then fail: an evaluation of nothing would succeed, and leave what was there. */
export function failingLines(shell: Shell, forgotten: readonly string[]): string {
  const { unset, fail } = DIALECTS[shell];
  return linesOf([...forgotten.map(unset), fail]);
}

function linesOf(lines: readonly (string | undefined)[]): string {
  return lines.flatMap((line) => (line === undefined ? [] : [`${line}\n`])).join("");
}

/** How the lines are evaluated, for messages. */
export const EVALUATION: Readonly<Record<Shell, string>> = {
  posix: 'eval "$(rolecall env ...)"',
  fish: "rolecall env ... --shell fish | source",
  powershell: "rolecall env ... --shell powershell | Out-String | Invoke-Expression",
};
