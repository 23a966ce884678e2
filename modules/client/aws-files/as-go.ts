import { type AwsFileKind, type FileReading, linesOf, type ClientSection, type Setting } from "./reading";

interface Growing {
  readonly name: string;
  readonly lines: number[];
  readonly settings: Setting[];
  readonly skipped: number[];
}

/**
 * A file as Terraform's AWS provider (the SDK for Go) reads it. It refuses no file. Source: measured with hashicorp/aws 5.100.0 in
 * November 2026; aws-sdk-go-v2, internal/ini. Held to the measurements by a test; the provider itself is not asked.
 */
export function readAsGo(file: AwsFileKind, text: string): FileReading {
  const sections = new Map<string, Growing>();
  let current: Growing | undefined;
  let header = 0;
  for (const { text: raw, line } of linesOf(text, /\r?\n/)) {
    if (raw.trim() === "" || /^\s*[#;]/.test(raw)) continue;
    const name = headerOf(raw);
    if (name !== undefined) {
      header = line;
      current = sections.get(name) ?? { name, lines: [], settings: [], skipped: [] };
      current.lines.push(line);
      sections.set(name, current);
    } else if (current !== undefined) takeSetting(current, raw, line, header);
  }
  const made = [...sections.values()];
  return { file, sections: made.map((each) => ({ ...each, ...profileOf(file, each, sections) })), refusals: [] };
}

/** A byte order mark is a part of the line here, and hides the header. */
function headerOf(raw: string): string | undefined {
  const bare = raw.includes("\ufeff") ? "" : (raw.split(/[#;]/)[0] ?? "").trim();
  return bare.startsWith("[") && bare.endsWith("]") ? bare.slice(1, -1).trim().replace(/\s+/, " ") : undefined;
}

function takeSetting(section: Growing, raw: string, line: number, header: number): void {
  const [, option = "", rest] = /^([^=:]*)[=:](.*)$/s.exec(raw.replace(/\s[#;].*$/s, "")) ?? [];
  const last = section.settings.at(-1);
  const indented = /^\s/.test(raw);
  if (rest !== undefined && option.trim() !== "") {
    // Below a setting without a value it is nested.
    const nested = indented && last !== undefined && last.value === "" && !last.name.includes(".");
    const block =
      indented && last?.name.includes(".") === true ? last.name.split(".")[0] : nested ? last?.name : undefined;
    const name = option.trim().toLowerCase();
    section.settings.push({
      name: block === undefined ? name : `${block}.${name}`,
      value: unquote(rest.trim()),
      line,
      header,
    });
  } else if (indented && last !== undefined && last.value !== "")
    section.settings.splice(-1, 1, { ...last, value: `${last.value}\n${raw.trim()}` });
  else section.skipped.push(line);
}

function unquote(value: string): string {
  return value.length > 1 && /^(".*"|'.*')$/s.test(value) ? value.slice(1, -1) : value;
}

/** A name with blanks is a name; quotes are a part of it. */
function profileOf(
  file: AwsFileKind,
  { name }: Growing,
  sections: ReadonlyMap<string, Growing>,
): Pick<ClientSection, "profile" | "replaced"> {
  if (file === "credentials") return name.startsWith("profile ") ? {} : { profile: name };
  if (name === "default") return sections.has("profile default") ? { replaced: true } : { profile: name };
  return name.startsWith("profile ") ? { profile: name.slice("profile ".length).trim() } : {};
}
