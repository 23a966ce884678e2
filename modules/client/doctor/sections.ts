import type { SectionFact } from "./facts";

/** Headings of a file with where they stand and what they set; read as the aws client reads them, no values. */
export function sectionsOf(file: SectionFact["file"], text: string): readonly SectionFact[] {
  const sections: { file: SectionFact["file"]; name: string; line: number; settings: string[] }[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const name = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (name !== undefined) {
      sections.push({ file, name: name.trim().replace(/\s+/g, " "), line: index + 1, settings: [] });
      continue;
    }
    const setting = /^([^\s#;=][^=]*?)\s*=/.exec(line)?.[1];
    if (setting !== undefined) sections.at(-1)?.settings.push(setting.toLowerCase());
  }
  return sections;
}
