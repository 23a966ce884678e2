import type { Checked, Finding, Place } from "../../finding";
import type { Roster } from "../../roster/roster";
import { stableJson } from "../../text";
import { type AccessChange, sortChanges } from "../access-change";
import type { Review } from "../review";
import { approvalsFor } from "./approvals";
import { breachesOf, newBreaches } from "./breaches";
import { NO_RULES, type ReviewRules } from "./rules";
import { unknownNames } from "./scope";

/** The rules of one side; `absent`: it has no such file. */
export type RulesOfSide = Checked<ReviewRules> | "absent";

/** What the rules are held against. Without a base roster everything of the head is new. */
export interface Judged {
  readonly base?: Roster;
  readonly head: Roster;
  readonly changes: readonly AccessChange[];
  readonly now: Date;
}

/** Where the rules lie, below the project folder. */
export const RULES_FILE = "review.yaml";

/**
 * The review by the rules of the base: a change cannot weaken the rules it is judged by. What it does to the rules themselves
 * is one of its changes. Rules of the base that do not hold make everything unknown.
 */
export function judge(
  { base, head, changes, now }: Judged,
  { before, after }: { readonly before: RulesOfSide; readonly after: RulesOfSide },
): Pick<Review, "changes" | "findings" | "standing" | "approvals"> {
  const rosters = base ? [base, head] : [head];
  const read = rulesOf(before, rosters);
  const all = sortChanges([...changes, ...doubt(read.findings), ...changedRules(before, after, rosters)]);
  const breaches = (roster: Roster | undefined) => (roster ? breachesOf(roster, read.rules, now, rosters) : []);
  const { fresh, standing } = newBreaches(breaches(head), breaches(base));
  return {
    changes: all,
    findings: [...read.findings, ...fresh],
    standing,
    approvals: approvalsFor(all, read.rules, rosters),
  };
}

function rulesOf(side: RulesOfSide, rosters: readonly Roster[]): { rules: ReviewRules; findings: readonly Finding[] } {
  if (side === "absent") return { rules: NO_RULES, findings: [] };
  if (!side.ok) return { rules: NO_RULES, findings: side.findings };
  return { rules: side.value, findings: unknownNames(side.value, rosters) };
}

function doubt(findings: readonly Finding[]): readonly AccessChange[] {
  const place = findings[0]?.place;
  if (place === undefined) return [];
  return [
    {
      direction: "unknown",
      sentence: "the review rules of the base do not hold, so nobody can tell what they ask",
      place,
    },
  ];
}

/** Any change of the rules counts as more access: whether they got weaker is for who approves to say. */
function changedRules(before: RulesOfSide, after: RulesOfSide, rosters: readonly Roster[]): readonly AccessChange[] {
  if (after === "absent")
    return before === "absent" ? [] : [ruleChange("widening", "this change removes the review rules", start())];
  const broken = after.ok ? unknownNames(after.value, rosters)[0] : after.findings[0];
  if (broken) {
    const sentence = "the review rules do not hold after this change, so every later review could not tell";
    return [ruleChange("unknown", `${sentence}: ${broken.message}`, broken.place)];
  }
  if (before === "absent") return [ruleChange("neutral", "this change sets review rules for the first time", start())];
  if (!before.ok || !after.ok || meaning(before.value) === meaning(after.value)) return [];
  return [ruleChange("widening", "this change changes the review rules; those of the base hold for it", start())];
}

function ruleChange(direction: AccessChange["direction"], sentence: string, place: Place): AccessChange {
  return { direction, sentence, place };
}

function start(): Place {
  return { file: RULES_FILE, line: 1, column: 1 };
}

/** Rules without their places. */
function meaning(rules: ReviewRules): string {
  return stableJson(JSON.parse(JSON.stringify(rules, (key, value: unknown) => (key === "place" ? undefined : value))));
}
