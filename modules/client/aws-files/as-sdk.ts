import {
  type AwsFileKind,
  type FileReading,
  linesOf,
  type FileRefusal,
  type ClientSection,
  type Setting,
} from "./reading";

/** Kinds of sections that the config file may have in addition to `default`. Source: @smithy/types, IniSectionType. */
const KINDS = ["profile", "sso-session", "services"];
const PREFIXED = /^([\w-]+)\s(["'])?([\w\-@+.%:/]+)\2$/;

/** A setting to the other clients. */
const WITH_COLON = /^[\w.-]+\s*:/;

interface Growing {
  readonly name: string;
  readonly lines: number[];
  readonly settings: Setting[];
  readonly skipped: number[];
}

/**
 * A file as the AWS SDK for JavaScript reads it, with the line of everything: its own loader gives only values, and is asked
 * besides (`sdk-loader.ts`). Source: @smithy/core/config, `parseIni` and `getConfigData`. Held to them by a test.
 */
export function readAsSdk(file: AwsFileKind, text: string): FileReading {
  const sections = new Map<string, Growing>();
  const refusals: FileRefusal[] = [];
  let current: Growing | undefined;
  let header = 0;
  let block = "";
  for (const { text: raw, line } of linesOf(text, /\r?\n/)) {
    const trimmed = withoutComment(raw);
    if (trimmed.startsWith("[") && trimmed.endsWith("]")) {
      const inside = trimmed.slice(1, -1);
      const name = sectionName(inside);
      if (isInherited(inside) || isInherited(name ?? "")) refusals.push(unusableName(line));
      header = line;
      block = "";
      current = name === undefined || name === "" ? undefined : open(sections, name, line);
      continue;
    }
    if (current === undefined) continue;
    const equals = trimmed.indexOf("=");
    if (equals <= 0) {
      if (trimmed !== "" && raw.trimStart() === raw && !WITH_COLON.test(trimmed)) current.skipped.push(line);
      continue;
    }
    const [name, value] = [trimmed.slice(0, equals).trim(), trimmed.slice(equals + 1).trim()];
    if (value === "") {
      block = name;
      continue;
    }
    if (raw.trimStart() === raw) block = "";
    current.settings.push({ name: block === "" ? name : `${block}.${name}`, value, line, header });
  }
  return {
    file,
    sections: [...sections.values()].map((each) => ({ ...each, ...profileOf(file, each, sections) })),
    refusals,
  };
}

/** Truncated within quotes, too. */
export function withoutComment(line: string): string {
  return (line.split(/(?:^|\s)[;#]/)[0] ?? "").trim();
}

/** `profile ann` is `profile.ann`; `undefined` for a kind that is passed over, settings and all. */
function sectionName(inside: string): string | undefined {
  const [, kind = "", , name] = PREFIXED.exec(inside) ?? [];
  if (name === undefined) return inside;
  return KINDS.includes(kind) ? `${kind}.${name}` : undefined;
}

function isInherited(name: string): boolean {
  return name.replace(/^profile[ .]/, "") in {};
}

function open(sections: Map<string, Growing>, name: string, line: number): Growing {
  const section = sections.get(name) ?? { name, lines: [], settings: [], skipped: [] };
  section.lines.push(line);
  sections.set(name, section);
  return section;
}

/** A section without a setting does not count; `profile default` takes precedence over `default` wherever it stands. */
function profileOf(
  file: AwsFileKind,
  { name, settings }: Growing,
  sections: ReadonlyMap<string, Growing>,
): Pick<ClientSection, "profile" | "replaced" | "empty"> {
  const profile = profileNamed(file, name);
  if (profile === undefined) return {};
  if (settings.length === 0) return { empty: profile };
  const other = file === "config" && name === "default" ? sections.get("profile.default") : undefined;
  return other !== undefined && other.settings.length > 0 ? { replaced: true } : { profile };
}

function profileNamed(file: AwsFileKind, name: string): string | undefined {
  if (file === "credentials" || name === "default") return name;
  const kind = name.slice(0, Math.max(0, name.indexOf(".")));
  if (!KINDS.includes(kind)) return undefined;
  return kind === "profile" ? name.slice("profile.".length) : name;
}

function unusableName(line: number): FileRefusal {
  return { line, what: "has a name that no JavaScript program can hold", cure: "give the profile another name" };
}
