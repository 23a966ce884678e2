import type { Checked, Place } from "../../finding";
import { someError, sortFindings } from "../../finding";
import { checkShape, type LocatedValue } from "../../roster/check-shape";
import { parseSource, type SourceFile } from "../../roster/source";
import { RULES_SCHEMA } from "./schema";

/** What a repository asks of every change, as written in `review.yaml`. */
export interface ReviewRules {
  readonly approvals: readonly ApprovalRule[];
  readonly holders: readonly HoldersRule[];
  readonly grants: readonly GrantRule[];
}

/** What a rule is about; what is absent means all. */
export interface Scope {
  /** An account, `user`, or `@environment`. */
  readonly account?: RuleWord;
  readonly tier?: RuleWord;
  /** Only tiers that may do one of these, whatever they are called. */
  readonly allows?: readonly RuleWord[];
  readonly place: Place;
}

export interface RuleWord {
  readonly text: string;
  readonly place: Place;
}

export interface ApprovalRule extends Scope {
  readonly direction: "widening" | "narrowing" | "any";
  /** Teams or people of the forge, as written. */
  readonly by: readonly string[];
  readonly count: number;
}

export interface HoldersRule extends Scope {
  readonly most: number;
}

export interface GrantRule extends Scope {
  readonly until: boolean;
  readonly reason: boolean;
  /** Days from the review on. */
  readonly longestDays?: number;
}

export const NO_RULES: ReviewRules = { approvals: [], holders: [], grants: [] };

/** The rules of a file, or all that is wrong with it. Names are not looked up here: a roster knows them. */
export function parseRules(file: SourceFile): Checked<ReviewRules> {
  const parsed = parseSource(file, "approvals:, holders: or grants:");
  if (!parsed.file) return { ok: false, findings: sortFindings(parsed.findings) };
  const { value, findings } = checkShape(parsed.file, RULES_SCHEMA, "the review rules");
  if (someError(findings)) return { ok: false, findings: sortFindings(findings) };
  const rules: ReviewRules = {
    approvals: list(value, "approvals").map(approval),
    holders: list(value, "holders").map((each) => ({ ...scope(each), most: Number(text(each, "most")) })),
    grants: list(value, "grants").map(grant),
  };
  const idle = idleRules(rules);
  return idle.length === 0 ? { ok: true, value: rules, findings } : { ok: false, findings: sortFindings(idle) };
}

function approval(value: LocatedValue): ApprovalRule {
  const direction = text(value, "direction");
  return {
    ...scope(value),
    direction: direction === "narrowing" || direction === "any" ? direction : "widening",
    by: list(value, "by").flatMap(({ text: name }) => name ?? []),
    count: Number(text(value, "count") ?? 1),
  };
}

function grant(value: LocatedValue): GrantRule {
  const longest = text(value, "longest");
  return {
    ...scope(value),
    until: text(value, "until") !== undefined || longest !== undefined,
    reason: text(value, "reason") !== undefined,
    ...(longest === undefined ? {} : { longestDays: Number(longest.slice(0, -1)) }),
  };
}

/** Rules that could never say anything: somebody meant something by them. */
function idleRules({ approvals, holders, grants }: ReviewRules) {
  const error = (place: Place, message: string) => ({ code: "idle-rule", severity: "error", place, message }) as const;
  return [
    ...[...approvals, ...holders, ...grants]
      .filter(({ allows }) => allows?.length === 0)
      .map(({ place }) => error(place, "allows names no action; name some, or leave it out")),
    ...approvals
      .filter(({ by }) => by.length === 0)
      .map(({ place }) => error(place, "by names nobody; name who approves")),
    ...grants
      .filter(({ until, reason }) => !until && !reason)
      .map(({ place }) => error(place, "this rule demands nothing; add until, longest or reason")),
  ];
}

function scope(value: LocatedValue): Scope {
  const [account, tier] = ["account", "tier"].map((key) => word(value, key));
  const allows = value.map?.get("allows")?.value.list?.flatMap(wordOf);
  return {
    place: value.place,
    ...(account ? { account } : {}),
    ...(tier ? { tier } : {}),
    ...(allows ? { allows } : {}),
  };
}

function word(value: LocatedValue, key: string): RuleWord | undefined {
  const found = value.map?.get(key)?.value;
  return found && wordOf(found)[0];
}

function wordOf({ text: found, place }: LocatedValue): readonly RuleWord[] {
  return found === undefined ? [] : [{ text: found, place }];
}

function text(value: LocatedValue, key: string): string | undefined {
  return value.map?.get(key)?.value.text;
}

function list(value: LocatedValue, key: string): readonly LocatedValue[] {
  return value.map?.get(key)?.value.list ?? [];
}
