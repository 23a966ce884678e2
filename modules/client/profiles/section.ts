/** A section of an INI file as AWS clients read it. */
export interface Section {
  /** Between the brackets: `profile testing-operator`. */
  readonly header: string;
  /** Lines above it, without their `#`. */
  readonly comments: readonly string[];
  readonly settings: readonly (readonly [name: string, value: string])[];
}

/** `[profile name]`, as every file but the credentials file writes a profile. */
export function profileSection(name: string, comments: readonly string[], settings: Section["settings"]): Section {
  return { header: `profile ${name}`, comments, settings };
}

/** The sections, an empty line between two, each line ended by `\n`. Throws on what would be read as something else. */
export function renderSections(sections: readonly Section[]): string {
  const headers = new Set<string>();
  return sections
    .map(({ header, comments, settings }) => {
      if (headers.has(header)) throw new Error(`[${header}] would be written twice`);
      headers.add(header);
      const lines = [
        ...comments.map((comment) => `# ${comment}`),
        `[${header}]`,
        ...settings.map(([name, value]) => `${name} = ${value}`),
      ];
      for (const line of lines) assertPlain(line);
      return lines.map((line) => `${line}\n`).join("");
    })
    .join("\n");
}

/**
 * One line whose value no client cuts short: SDKs take `#` or `;` after a blank for a comment, and Terraform takes quotes at both ends
 * off. Source: AWS SDKs and Tools
 * Reference Guide, "Format of the config and credentials files".
 */
function assertPlain(line: string): void {
  const value = line.startsWith("#") ? "" : line;
  const unquoted = /^[^=]*= (["']).*\1$/.test(value);
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line) || /\s[#;]/.test(value) || unquoted)
    throw new Error(`a line of an AWS config file cannot hold ${JSON.stringify(line)}`);
}
