import { styleText } from "node:util";
import type { Context } from "../machine/context";

type Colour = "red" | "green" | "yellow" | "cyan";

/** Every match gets the colour. */
type Rule = readonly [match: RegExp, colour: Colour];

const FINDINGS: readonly Rule[] = [
  [/^\S[^\n]*?:\d+:\d+:(?! warning:)/gm, "red"],
  [/(?<=^\S[^\n]*?:\d+:\d+: )warning:/gm, "yellow"],
];

const DIFFERENCES: readonly Rule[] = [
  [/^\+ .*$/gm, "green"],
  [/^- .*$/gm, "red"],
];

/** Of a review: who gains, who loses, and what cannot be judged. */
const ACCESS: readonly Rule[] = [
  [/^cannot be judged, so it counts as more access$/gm, "red"],
  [/(?<=^\d+ changes?:.*)\b\d+ cannot be judged\b/gm, "red"],
  [/^against the rules of this repository$/gm, "red"],
  [/^(more access|must approve)$/gm, "yellow"],
  [/(?<=^\d+ changes?:.*)\b\d+ gives? more access\b/gm, "yellow"],
  [/^less access$/gm, "cyan"],
  [/(?<=^\d+ changes?:.*)\b\d+ takes? access away\b/gm, "cyan"],
];

/** Terraform's counts, and how a stack ended. A count of nothing has no colour. */
const STACKS: readonly Rule[] = [
  [/(?<![\d,])[1-9]\d* (to add|added)\b/g, "green"],
  [/(?<![\d,])[1-9]\d* (to change|changed)\b/g, "yellow"],
  [/(?<![\d,])[1-9]\d* (to destroy|destroyed)\b/g, "red"],
  [/(?<=^(stack |\[ *\d+\.\d+s\] )[\w.-]+: )failed\b/gm, "red"],
  [/(?<=^(stack |\[ *\d+\.\d+s\] )[\w.-]+: )(stale|interrupted|not started)\b/gm, "yellow"],
  [/(?<=^ {2})Error:/gm, "red"],
];

const PROOF: readonly Rule[] = [
  [/^(holds|proven)\b/gm, "green"],
  [/^(FAILS|NOT proven)\b/gm, "red"],
];

const VERDICT: readonly Rule[] = [
  [/^yes:/g, "green"],
  [/^(no:|not through the roster's roles:)/g, "red"],
  [/^(unknown:|it depends on the resource)/g, "yellow"],
];

const MARKS: readonly Rule[] = [
  [/^ok(?= {2})/gm, "green"],
  [/^(warn|unknown)(?= {2})/gm, "yellow"],
  [/^fail(?= {2})/gm, "red"],
];

const EDITS = [...DIFFERENCES, ...ACCESS];
const PLANS = [...ACCESS, ...STACKS];

/** What has colour in the text of which command; of all others nothing has. */
const RULES: ReadonlyMap<string, readonly Rule[]> = new Map([
  ["findings", FINDINGS],
  ["progress", STACKS],
  ["check", FINDINGS],
  ["grant", EDITS],
  ["revoke", EDITS],
  ["add person", EDITS],
  ["add account", EDITS],
  ["add team", EDITS],
  ["prove", [...PROOF, ...VERDICT]],
  ["start", PROOF],
  ["can", VERDICT],
  ["review", ACCESS],
  ["plan", PLANS],
  ["apply", PLANS],
  ["destroy", PLANS],
  ["profiles", DIFFERENCES],
  ["doctor", MARKS],
]);

/**
 * The text of a command, or its `findings` or `progress`, with colour where this stream shows it. Colour only repeats what the words
 * say: without it the text is the same.
 */
export function paint(
  { colour }: Pick<Context, "colour">,
  stream: "stdout" | "stderr",
  of: string,
  text: string,
): string {
  if (colour?.[stream] !== true) return text;
  // The stream was looked at: `styleText` would look at standard output, whatever the text is for.
  const styled = (name: Colour) => (match: string) => styleText(name, match, { validateStream: false });
  return (RULES.get(of) ?? []).reduce((painted, [match, name]) => painted.replace(match, styled(name)), text);
}
