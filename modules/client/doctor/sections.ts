import { readAsAws } from "../aws-files/as-aws";
import { readAsSdk } from "../aws-files/as-sdk";
import type { FileReading } from "../aws-files/reading";
import type { SectionFact } from "./facts";

/** Headings of a file with where they are and what they set; as the aws client reads them, and what the SDK alone takes for one. No values. */
export function sectionsOf(file: SectionFact["file"], text: string): readonly SectionFact[] {
  const [aws, sdk] = [headings(readAsAws(file, text)), headings(readAsSdk(file, text))];
  const lines = text.split(/\r\n|\n|\r/);
  const written = (line: number) => /\[([^\]]*)\]?/.exec(lines[line - 1] ?? "")?.[1] ?? "";
  return [...new Map([...sdk, ...aws])]
    .sort(([a], [b]) => a - b)
    .map(([line, { profile, settings }]) => {
      const name = written(line).trim().replace(/\s+/g, " ");
      const plain = profile === undefined || profile === name.replace(/^profile /, "");
      return { file, name, line, settings, ...(plain ? {} : { profile }) };
    });
}

interface Heading {
  readonly profile?: string;
  readonly settings: readonly string[];
}

/** By line, whether or not the client refuses the file. */
function headings({ sections }: FileReading): ReadonlyMap<number, Heading> {
  return new Map(
    sections.flatMap(({ lines, profile, settings }) =>
      lines.map((line) => {
        const own = settings.filter(({ header }) => header === line).map(({ name }) => name.toLowerCase());
        return [line, { settings: own, ...(profile === undefined ? {} : { profile }) }] as const;
      }),
    ),
  );
}
