/** The programs whose reading of the two files was measured; they differ. `go` is Terraform's provider and whatever else uses the SDK for Go. */
export const CLIENTS = ["aws", "sdk", "go"] as const;
export type Client = (typeof CLIENTS)[number];

/** For messages. */
export const CLIENT_NAMES: Readonly<Record<Client, string>> = {
  aws: "the aws client",
  sdk: "the JavaScript SDK",
  go: "Terraform",
};

/** Which of the two files. */
export type AwsFileKind = "config" | "credentials";

/** The two files of a person as text; an absent one is empty. */
export interface AwsFiles {
  readonly config: string;
  readonly credentials: string;
}

/** One setting as a client reads it. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** Lines from 1, of the setting and of the header it is read under. */
  readonly line: number;
  readonly header: number;
}

/** A section as a client reads it. */
export interface ClientSection {
  /** Between the brackets, as that client takes it. */
  readonly name: string;
  /** The profile that this section is to the client; absent when it is none. */
  readonly profile?: string;
  /** The profile it would be, were there a setting in it that this client reads. */
  readonly empty?: string;
  /** True for one of the profile's sections that the client passes over for another one. */
  readonly replaced?: boolean;
  /** Of its headers: more than one where a client puts sections of one name together. */
  readonly lines: readonly number[];
  /** In the order of the file; of two with one name the later counts. */
  readonly settings: readonly Setting[];
  /** Lines that this client passes over without a word. */
  readonly skipped: readonly number[];
}

/** Why a client takes nothing of a file. */
export interface FileRefusal {
  readonly line: number;
  /** What is there, as a sentence without its subject: `is a section twice`. */
  readonly what: string;
  readonly cure: string;
}

/** A file as one client reads it. With a refusal it has nothing of it. */
export interface FileReading {
  readonly file: AwsFileKind;
  readonly sections: readonly ClientSection[];
  readonly refusals: readonly FileRefusal[];
}

/** Settings by name. */
export type ProfileSettings = ReadonlyMap<string, string>;

/** The sections that decide what a profile is to a client; where it takes the last or the prefixed one, only that. */
export function sectionsOfProfile({ sections, refusals }: FileReading, profile: string): readonly ClientSection[] {
  return refusals.length > 0 ? [] : sections.filter((each) => each.profile === profile);
}

/** Numbers of lines by where they begin in the text, whichever line ends a client knows. */
function lineCounter(text: string): (offset: number) => number {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ index, 0: end }) => index + end.length)];
  let at = 0;
  return (offset) => {
    if ((starts[at] ?? 0) > offset) at = 0;
    while ((starts[at + 1] ?? Number.POSITIVE_INFINITY) <= offset) at++;
    return at + 1;
  };
}

/** Lines of the text, with where they are. */
export function linesOf(text: string, ends: RegExp): readonly { readonly text: string; readonly line: number }[] {
  const number = lineCounter(text);
  let start = 0;
  return text.split(ends).map((line) => {
    const at = { text: line, line: number(start) };
    const rest = text.slice(start + line.length, start + line.length + 2);
    start += line.length + (rest.startsWith("\r\n") ? 2 : 1);
    return at;
  });
}

/** Lines that look like a section's header to a person, whatever clients make of them. */
export function headerLines(text: string): readonly number[] {
  return linesOf(text, /\r\n|\n|\r/).flatMap(({ text: each, line }) => (each.trim().startsWith("[") ? [line] : []));
}

/** A name out of a file, for messages: what a client takes for one may go over several lines, and hold what nobody may see. */
export function shownName(name: string): string {
  const [line = "", ...more] = name.split(/[\r\n]/);
  return more.length > 0 ? `${line}...` : line;
}
