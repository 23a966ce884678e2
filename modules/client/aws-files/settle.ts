import { readAsAws } from "./as-aws";
import { readAsSdk, withoutComment } from "./as-sdk";
import {
  type AwsFiles,
  type Client,
  CLIENT_NAMES,
  type AwsFileKind,
  type FileReading,
  headerLines,
  type ClientSection,
  sectionsOfProfile,
  shownName,
  type Setting,
  type ProfileSettings,
} from "./reading";

/** Where a setting is: `credentials:3`. */
interface Placed extends Setting {
  readonly file: AwsFileKind;
}

/** What the two files say of one profile. */
export interface SettledProfile {
  /** Settings that all who read them read alike; names in lower case. */
  readonly settings: ProfileSettings;
  /** Settings whose value is not known, each with a sentence. */
  readonly disputed: ReadonlyMap<string, string>;
}

interface Reader {
  readonly client: Client;
  readonly files: readonly FileReading[];
}

/** The two files as the aws client and the SDK read them. */
export interface ReadFiles {
  readonly readers: readonly Reader[];
  /** Lines that look like headers. */
  readonly headers: Readonly<Record<AwsFileKind, readonly number[]>>;
}

const FILES: readonly AwsFileKind[] = ["config", "credentials"];

/** A client that refuses one of the files works with neither. */
export function readFiles(files: AwsFiles): ReadFiles {
  const readers: readonly Reader[] = [
    { client: "aws", files: FILES.map((file) => readAsAws(file, files[file])) },
    { client: "sdk", files: FILES.map((file) => readAsSdk(file, files[file])) },
  ];
  return {
    readers: readers.filter((each) => each.files.every(({ refusals }) => refusals.length === 0)),
    headers: { config: headerLines(files.config), credentials: headerLines(files.credentials) },
  };
}

/**
 * A profile as it can be relied on; `undefined` when neither the aws client nor the SDK sees one of this name. Where only one of
 * the two reads a setting it counts, unless the other takes the line for somebody else's: of two possible identities none is
 * taken. A file that the aws client refuses is read as the SDK reads it, where nothing in it is doubtful.
 */
export function settleProfile(files: ReadFiles, profile: string): SettledProfile | undefined {
  const { readers } = files;
  const sections = readers.flatMap((each) => sectionsFor(each, profile));
  if (sections.length === 0) return undefined;
  const names = new Set(sections.flatMap(({ settings }) => settings.map(({ name }) => name.toLowerCase())));
  const settings = new Map<string, string>();
  const places = new Map<string, Placed>();
  const disputed = new Map<string, string>();
  for (const name of names) {
    const found = settle(files, profile, name);
    if ("why" in found) disputed.set(name, found.why);
    else {
      settings.set(name, plainValue(found.placed.value));
      places.set(name, found.placed);
    }
  }
  const [id, secret] = [places.get("aws_access_key_id"), places.get("aws_secret_access_key")];
  // The aws client takes a pair from one file, the SDK puts the files together.
  if (id !== undefined && secret !== undefined && id.file !== secret.file)
    disputed.set(secret.name, `${at(secret)} would belong to the key id of the other file, ${at(id)}`);
  return { settings, disputed };
}

/** Names of the profiles that either reads, or this one client, in the order of the files. */
export function profileNames({ readers }: ReadFiles, by?: Client): readonly string[] {
  const readings = readers.filter(({ client }) => by === undefined || client === by).flatMap(({ files }) => files);
  return [...new Set(readings.flatMap(({ sections }) => sections.flatMap(({ profile }) => profile ?? [])))];
}

type Settled = { readonly placed: Placed } | { readonly why: string };

function settle({ readers, headers }: ReadFiles, profile: string, name: string): Settled {
  const exact = readers.flatMap((reader) => placedBy(reader, profile, (each) => each === name));
  // In capitals it is a setting only to the aws client, which may refuse the file for another reason.
  const found =
    exact.length > 0
      ? exact
      : readers.flatMap((reader) => placedBy(reader, profile, (each) => each.toLowerCase() === name));
  const [first, second] = found;
  if (first === undefined) return { why: `no client reads ${name}` };
  for (const { reader, placed } of found) {
    const doubt = doubtOf(headers[placed.file], reader, profile, placed);
    if (doubt !== undefined) return { why: doubt };
  }
  if (second !== undefined)
    return sameSource(first.placed.value, second.placed.value)
      ? { placed: first.placed }
      : {
          why: `${at(first.placed)} is what ${CLIENT_NAMES[first.reader.client]} reads, and ${at(second.placed)} what ${CLIENT_NAMES[second.reader.client]} reads`,
        };
  const other = readers.find((each) => each !== first.reader);
  const claimed = other === undefined ? undefined : elsewhere(other, profile, first.placed);
  if (other !== undefined && claimed !== undefined)
    return {
      why: `${at(first.placed)} belongs to ${CLIENT_NAMES[other.client]} to [${shownName(claimed)}], and not to this profile`,
    };
  return { placed: first.placed };
}

function at({ file, line }: Placed): string {
  return `${file}:${line}`;
}

function sectionsFor({ files }: Reader, profile: string): readonly ClientSection[] {
  return files.flatMap((file) => sectionsOfProfile(file, profile));
}

interface FoundBy {
  readonly reader: Reader;
  readonly placed: Placed;
}

/** The last one counts, and what the credentials file says goes before the config file. */
function placedBy(reader: Reader, profile: string, isName: (name: string) => boolean): readonly FoundBy[] {
  const all = reader.files.flatMap((reading) =>
    sectionsOfProfile(reading, profile).flatMap(({ settings }) =>
      settings.map((each): Placed => ({ ...each, file: reading.file })),
    ),
  );
  const placed = all.filter((each) => isName(each.name)).at(-1);
  return placed === undefined ? [] : [{ reader, placed }];
}

/** Why it is not sure that the setting is this section's: a line above it that may have been meant to begin another, or a second value. */
function doubtOf(
  headers: readonly number[],
  { files: readings }: Reader,
  profile: string,
  placed: Placed,
): string | undefined {
  const above = headers.filter((line) => line <= placed.line).at(-1);
  if (above !== undefined && above !== placed.header)
    return `${placed.file}:${above} looks like the beginning of a section, and not every client takes it for one`;
  const reading = readings.find(({ file }) => file === placed.file);
  const sections = reading === undefined ? [] : sectionsOfProfile(reading, profile);
  const skipped = sections.flatMap((each) => each.skipped).find((line) => line > placed.header && line < placed.line);
  if (skipped !== undefined) return `${placed.file}:${skipped} is neither a section nor a setting`;
  const all = sections
    .flatMap(({ settings }) => settings)
    .filter((each) => each.name.toLowerCase() === placed.name.toLowerCase());
  const other = all.find(({ value }) => plainValue(value) !== plainValue(placed.value));
  return other === undefined ? undefined : `${placed.file}:${other.line} and ${at(placed)} are two values`;
}

/** The section that another client has this line in, when it is not one of the profile; under the same header it may be no profile at all. */
function elsewhere({ files }: Reader, profile: string, { file, line, header }: Placed): string | undefined {
  const reading = files.find((each) => each.file === file);
  const found = (reading?.sections ?? []).flatMap((section) =>
    section.settings.filter((each) => each.line === line).map((each) => ({ section, header: each.header })),
  );
  return found.find(
    ({ section, header: theirs }) =>
      section.replaced === true || theirs !== header || (section.profile !== undefined && section.profile !== profile),
  )?.section.name;
}

/** True when the shorter one is the longer one without its comment, or without the lines that are added to it. */
function sameSource(aws: string, sdk: string): boolean {
  return withoutComment(firstLine(aws)) === sdk;
}

function firstLine(value: string): string {
  return value.split("\n")[0]?.trim() ?? "";
}

/** Without a comment, which begins with `#` or `;` behind a blank and outside quotes. */
export function plainValue(value: string): string {
  const line = firstLine(value);
  let open = "";
  for (let index = 0; index < line.length; index++) {
    const character = line[index] ?? "";
    if (open !== "") open = character === open ? "" : open;
    else if (character === '"' || character === "'") open = character;
    else if ((character === "#" || character === ";") && (index === 0 || /\s/.test(line[index - 1] ?? "")))
      return line.slice(0, index).trim();
  }
  // A quote without its end is not a quote.
  return open === "" ? line : withoutComment(line);
}
