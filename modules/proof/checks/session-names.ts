import { globOf, matchGlob } from "../../evaluator/glob";

/** A session's name, and whether one of the patterns is about it. */
interface AskedName {
  readonly name: string;
  readonly fits: boolean;
}

/** The same for every role with these patterns: names at the edge of each pattern, on both sides. */
export function namesToAsk(patterns: readonly string[]): readonly AskedName[] {
  const samples = patterns.flatMap((pattern) => samplesOf(pattern));
  const near = patterns.flatMap((pattern) => samplesOf(pattern).flatMap((sample) => besides(pattern, sample)));
  const names = [...new Set([...samples, ...near])].filter((name) => LEGAL.test(name));
  return names.map((name) => ({ name, fits: fitsSome(patterns, name) }));
}

/** Names that fit, one at least for each pattern. */
export function fittingNames(patterns: readonly string[]): readonly string[] {
  return namesToAsk(patterns).flatMap(({ name, fits }) => (fits ? [name] : []));
}

/** What AWS takes for a session's name. */
const LEGAL = /^[\w+=,.@-]{2,64}$/;

function fitsSome(patterns: readonly string[], name: string): boolean {
  return !name.includes("@") && patterns.some((pattern) => matchGlob(globOf(pattern), name));
}

/** The shortest name and a longer one. */
function samplesOf(pattern: string): readonly string[] {
  return [filled(pattern, "", "0"), filled(pattern, "x.y-z", "f")];
}

function filled(pattern: string, many: string, one: string): string {
  return pattern.replaceAll("*", many).replaceAll("?", one);
}

/** One character more, less or otherwise, another case, and a mail address in place of what varies. */
function besides(pattern: string, sample: string): readonly string[] {
  const last = sample.slice(0, -1);
  return [
    ...[`x${sample}`, sample.slice(1), `${sample}x`, last, `${last}=`],
    ...[sample.toUpperCase(), sample.toLowerCase()],
    ...[filled(pattern, "a@b", "@"), filled(pattern, "", "@"), `${sample}@x`],
  ];
}
