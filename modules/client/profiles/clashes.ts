import { quote } from "../../text";

/** A section header in somebody's file. */
interface Header {
  readonly text: string;
  readonly line: number;
}

/** A file of the person with what must not be in it twice. */
export interface OtherFile {
  readonly path: string;
  /** Bytes one to one; what is ours left blank, so that lines count on. */
  readonly text: string;
}

/**
 * Sections written by others that some client would take for one of Rolecall's: one sentence for each, with place and cure. The aws
 * client refuses a file with a section twice; a profile in the credentials file goes before ours of the same name. Read more
 * widely than any one client does: quotes, blanks and `profile` left out count as the same name. Sources: botocore
 * `configloader`, Python `configparser`, @smithy/core `parseIni`.
 */
export function clashes(names: readonly string[], files: readonly OtherFile[]): readonly string[] {
  return files.flatMap(({ path, text }) =>
    headersOf(text).flatMap((header) => {
      const name = names.find((each) => namesIn(header.text).includes(each));
      const cure = "rename or remove that one, or write ours under another name with --prefix";
      return name === undefined
        ? []
        : [`${path}:${header.line}: [${printable(header.text)}] already defines a profile ${quote(name)}; ${cure}`];
    }),
  );
}

/** Sections that differ from one of Rolecall's only in case: a trap for people, not a clash. */
export function nearClashes(names: readonly string[], files: readonly OtherFile[]): readonly string[] {
  const small = names.map((name) => name.toLowerCase());
  return files.flatMap(({ path, text }) =>
    headersOf(text).flatMap((header) => {
      const inIt = namesIn(header.text);
      const near =
        inIt.some((name) => small.includes(name.toLowerCase())) && !inIt.some((name) => names.includes(name));
      return near
        ? [`${path}:${header.line}: [${printable(header.text)}] differs from a profile of Rolecall only in case`]
        : [];
    }),
  );
}

/** Up to the last `]` as Python reads it and up to the first as others do; indented ones are sections to some. */
function headersOf(text: string): readonly Header[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const found = [/^\s*\[(.+)\]/.exec(line)?.[1], /^\s*\[([^\]]+)\]/.exec(line)?.[1]].filter(
      (each) => each !== undefined,
    );
    return [...new Set(found)].map((header) => ({ text: header, line: index + 1 }));
  });
}

/** Every name a client could read in it: whole, or behind `profile`, without quotes and backslashes. */
function namesIn(header: string): readonly string[] {
  const bare = header.replace(/["'\\]/g, "").trim();
  const [kind = "", name, ...more] = bare.split(/\s+/);
  const profile = kind.startsWith("profile") && name !== undefined && more.length === 0 ? [name] : [];
  return [header.trim(), bare, ...profile];
}

/** latin1 of UTF-8 as what a person wrote, safe in a terminal. */
function printable(text: string): string {
  return quote(Buffer.from(text, "latin1").toString("utf8")).slice(1, -1);
}
