import { readAsAws } from "../aws-files/as-aws";
import { readAsGo } from "../aws-files/as-go";
import { readAsSdk } from "../aws-files/as-sdk";
import {
  type AwsFiles,
  type Client,
  CLIENT_NAMES,
  CLIENTS,
  type AwsFileKind,
  type FileReading,
  shownName,
} from "../aws-files/reading";
import { plainValue, profileNames, readFiles, settleProfile } from "../aws-files/settle";
import { quote } from "../../text";
import { type Diagnosis, fail, warn } from "./check";

const READERS: Readonly<Record<Client, (file: AwsFileKind, text: string) => FileReading>> = {
  aws: readAsAws,
  sdk: readAsSdk,
  go: readAsGo,
};

/** What is wrong with the two files themselves, or is read differently by different clients; no value of a setting is shown. */
export function fileFaults(files: AwsFiles): readonly Diagnosis[] {
  return [
    ...(["config", "credentials"] as const).flatMap((file) => [
      ...refused(file, files[file]),
      ...forEverybody(file, files[file]),
      ...withNul(file, files[file]),
      ...readDifferently(file, files[file]),
    ]),
    ...disputed(files),
  ];
}

/** Sections that are there twice have a finding of their own. */
function refused(file: AwsFileKind, text: string): readonly Diagnosis[] {
  return readAsAws(file, text)
    .refusals.filter(({ what }) => !what.startsWith("repeats the section of"))
    .map(({ line, what, cure }) =>
      fail(`${file}:${line} ${what}: the aws client does not read such a file; other clients skip the line`, cure),
    );
}

function forEverybody(file: AwsFileKind, text: string): readonly Diagnosis[] {
  return text
    .split(/\r\n|\n|\r/)
    .flatMap((line, index) =>
      /^\s*\[DEFAULT\]/.test(line)
        ? [
            fail(
              `${file}:${index + 1}: [DEFAULT] in capitals is not a profile: the aws client gives its settings to every profile`,
              "write it as [default], or rename it",
            ),
          ]
        : [],
    );
}

/** Clients read it; `profiles --write` and other programs take the file for none of text. */
function withNul(file: AwsFileKind, text: string): readonly Diagnosis[] {
  const at = text.indexOf("\0");
  return at < 0
    ? []
    : [
        warn(
          `${file}:${text.slice(0, at).split("\n").length} has a NUL character, as UTF-16 does`,
          "save the file as UTF-8 without it",
        ),
      ];
}

/** What one client makes of a line: a header of this profile, or a setting of it. */
interface Meaning {
  readonly profile?: string;
  readonly name?: string;
  readonly value?: string;
}

function readDifferently(file: AwsFileKind, text: string): readonly Diagnosis[] {
  const readings = CLIENTS.map((client) => ({ client, ...meanings(READERS[client](file, text)) }));
  const lines = text.split(/\r\n|\n|\r/);
  const found: Diagnosis[] = [];
  /** Headers that were reported: what is below them is reported with them. */
  const told = new Set<number>();
  for (let line = 1; line <= lines.length; line++) {
    const header = readings.map(({ client, headers }) => ({ client, profile: headers.get(line) }));
    const used = readings.some(({ settings }) => [...settings.values()].some((each) => each.header === line));
    if (used && new Set(header.map(({ profile }) => profile)).size > 1) {
      told.add(line);
      found.push(headerFinding(`${file}:${line}`, lines[line - 1] ?? "", header));
    }
    const here = readings.map(({ client, settings }) => ({ client, setting: settings.get(line) }));
    const some = here.find(({ setting }) => setting !== undefined)?.setting;
    if (some === undefined || here.some(({ setting }) => setting !== undefined && told.has(setting.header))) continue;
    const why = settingDifference(here.map(({ setting }) => setting));
    if (why !== undefined) found.push(settingFinding(`${file}:${line}`, some.name, why, here));
  }
  return found;
}

interface Line extends Meaning {
  readonly name: string;
  readonly value: string;
  readonly header: number;
}

function meanings(reading: FileReading): {
  readonly headers: ReadonlyMap<number, string>;
  readonly settings: ReadonlyMap<number, Line>;
} {
  const headers = new Map<number, string>();
  const settings = new Map<number, Line>();
  for (const { profile: read, empty, lines, settings: own } of reading.sections) {
    const profile = read ?? empty;
    if (profile === undefined || /^(sso-session|services)\./.test(profile)) continue;
    for (const line of lines) headers.set(line, profile);
    // In capitals the SDK has it under a name that nothing asks for.
    for (const { name, value, line, header } of own)
      if (lines.includes(header) && !name.includes(".") && name === name.toLowerCase())
        settings.set(line, { name, value, header, profile });
  }
  return { headers, settings };
}

function headerFinding(
  at: string,
  line: string,
  clients: readonly { readonly client: Client; readonly profile: string | undefined }[],
): Diagnosis {
  const readers = clients.filter(({ profile }) => profile !== undefined);
  const [first] = readers;
  const others = clients.filter(({ profile }) => profile !== first?.profile);
  const what = (profile: string | undefined) =>
    profile === undefined ? "no profile" : `profile ${quote(shownName(profile))}`;
  const same = readers.filter(({ profile }) => profile === first?.profile);
  return warn(
    `${at}: ${quote(line.trim()).slice(1, -1)} is ${what(first?.profile)} to ${namesOf(same)}, and ${what(others[0]?.profile)} to ${namesOf(others)}`,
    "write it as [profile name] in the config file and [name] in the credentials file, with only letters, digits and _ @ . + -, and nothing after it",
  );
}

/** Why a line is not the same to all; values are compared as they are used. */
function settingDifference(settings: readonly (Line | undefined)[]): string | undefined {
  const there = settings.filter((each) => each !== undefined);
  if (there.length < settings.length)
    return there.every(({ value }) => value === "") ? undefined : "is not read by every client";
  if (new Set(there.map(({ name, header }) => `${header} ${name}`)).size > 1)
    return "is not the same setting for every client";
  const values = there.map(({ value }) => value);
  if (new Set(values).size === 1) return undefined;
  if (values.some((value) => value.includes("\n"))) return "continues in the lines below it for some clients";
  const cut = new Set(values.map(plainValue));
  return cut.size === 1
    ? "has a comment after it, which is part of the value for some clients"
    : "has quotes, which are part of the value for some clients";
}

function settingFinding(
  at: string,
  name: string,
  why: string,
  here: readonly { readonly client: Client; readonly setting: Line | undefined }[],
): Diagnosis {
  const groups = new Map<string, Client[]>();
  for (const { client, setting } of here) {
    const key = setting === undefined ? "" : `${setting.header} ${setting.name} ${setting.value}`;
    groups.set(key, [...(groups.get(key) ?? []), client]);
  }
  const missing = groups.get("") ?? [];
  const clients =
    missing.length > 0
      ? `not by ${missing.map((client) => CLIENT_NAMES[client]).join(" and ")}`
      : [...groups.values()].map((each) => each.map((client) => CLIENT_NAMES[client]).join(" and ")).join(" against ");
  return warn(
    `${at}: ${/^[\w.-]+$/.test(name) ? name : "this setting"} ${why}: ${clients}`,
    "write it as name = value, in lower case, without a space before it, and put a comment on its own line",
  );
}

function namesOf(clients: readonly { readonly client: Client }[]): string {
  return clients.map(({ client }) => CLIENT_NAMES[client]).join(" and ");
}

const IDENTITY = [
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "role_arn",
  "source_profile",
  "credential_process",
];

/** The worst of them: whose keys a profile has. */
function disputed(files: AwsFiles): readonly Diagnosis[] {
  const read = readFiles(files);
  return profileNames(read).flatMap((profile) =>
    [...(settleProfile(read, profile)?.disputed ?? [])]
      .filter(([name]) => IDENTITY.includes(name))
      .slice(0, 1)
      .map(([name, why]) =>
        fail(
          `the ${name} of profile ${quote(shownName(profile))} is ambiguous: ${why}`,
          "begin each profile on its own line, [profile name] or [name], and give it each setting once",
        ),
      ),
  );
}
