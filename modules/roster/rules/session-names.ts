import { type Finding, formatPlace } from "../../finding";
import { canBeName, fixedBeginning } from "../../iam/session-names";
import { quote } from "../../text";
import type { Roster, Tier } from "../roster";
import { finding, type Rule } from "../rule";

/**
 * Nobody can sign as somebody else: no further session name of a tier is the user name of a person, and each begins with
 * the word of a tool, which names no person. A user that is added later is asked about again, and one that the roster does not
 * know is a finding of the proof and of the audit.
 */
export const sessionNames: Rule = (roster) =>
  roster.tiers.flatMap((tier) =>
    tier.sessionNames.flatMap((pattern, index) => [
      ...badPattern(tier, pattern),
      ...namesPeople(tier, pattern, roster),
      ...saidTwice(tier, pattern, tier.sessionNames.slice(0, index)),
    ]),
  );

/** The word of a tool, three characters at least, and a hyphen or underscore: `awsu-`, `botocore-session-`. */
const TOOL = /^[A-Za-z0-9+=,._-]{3,}[-_]/;

function badPattern({ key, place }: Tier, pattern: string): readonly Finding[] {
  if (TOOL.test(fixedBeginning(pattern))) return [];
  const message = `the session name ${quote(pattern)} of ${key} could be the user name of a person; begin it with the tool's own word and a hyphen, such as awsu-*`;
  return [finding("bad-session-name", place, message)];
}

/** Two stars say no more than one, and a name twice no more than once: a slip, or something else was meant. */
function saidTwice(tier: Tier, pattern: string, before: readonly string[]): readonly Finding[] {
  if (badPattern(tier, pattern).length > 0) return [];
  const { key, place } = tier;
  const name = `the session name ${quote(pattern)} of ${key}`;
  const plain = pattern.replace(/\*[*?]*\*/g, (stars) => `*${"?".repeat(stars.split("?").length - 1)}`);
  return [
    ...(before.includes(pattern)
      ? [finding("repeated-session-name", place, `${name} is written twice; remove one`)]
      : []),
    ...(plain === pattern
      ? []
      : [finding("bad-session-name", place, `${name} has a star that adds nothing; write ${quote(plain)}`)]),
  ];
}

function namesPeople({ key, place }: Tier, pattern: string, { people }: Roster): readonly Finding[] {
  const [first, ...others] = people.filter((person) => canBeName(pattern, person.key));
  if (first === undefined) return [];
  const whose = `${quote(first.key)} (${formatPlace(first.place)})${others.length === 0 ? "" : ` and ${others.length} more people`}`;
  const message = `the session name ${quote(pattern)} of ${key} matches the user name of ${whose}, so anybody could sign in under that name; narrow it, or rename the person`;
  return [finding("session-name-of-person", place, message)];
}
