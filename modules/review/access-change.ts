import { compareText, stableJson } from "../text";
import type { About, Direction } from "./changes/about";
import type { CodeChange } from "./changes/code";
import type { DocumentChange } from "./changes/documents";
import type { PlanChange } from "./changes/plans";
import type { AccountChange, DeclaredChange, PersonChange, TierChange } from "./changes/roster";
import type { RulesChange } from "./changes/rules";

export type { About, Direction } from "./changes/about";

/**
 * One change that a reviewer decides about: its `kind` says which values it has, what was before and what is after. Its sentence
 * is made where it is shown, by `changeSentence`.
 */
export type AccessChange = About & Difference;

type Difference =
  | RosterDifference
  | RulesChange
  | CodeChange
  | DocumentChange
  | PlanChange
  | PlanDiffers
  | Drift
  | { readonly kind: "plan-also"; readonly change: AccessChange }
  | { readonly kind: "not-reviewed"; readonly reason: string };

type RosterDifference = PersonChange | TierChange | AccountChange | DeclaredChange;

/** A change between two rosters. */
export type RosterChange = About & RosterDifference;

/** Plans and roster disagree: whatever the change itself gives or takes, the plans are not this roster's. */
interface PlanDiffers {
  readonly kind: "plan-differs";
  /**
   * `more` or `less`: what the plans do; `apart`: what AWS differs in afterwards, as two sets of documents; `after`: what it has then
   * by name; `itself`: the change is the disagreement.
   */
  readonly how: "more" | "less" | "apart" | "after" | "itself";
  readonly change: AccessChange;
}

/** What somebody changed by hand since the last apply. */
interface Drift {
  readonly kind: "drift";
  readonly change: AccessChange;
  /** The apply keeps it, or puts it back. */
  readonly kept: boolean;
}

export type AccessChangeKind = AccessChange["kind"];
/** The changes of a kind, or of one of several kinds. */
export type ChangeOf<K extends AccessChangeKind> = Having<AccessChange, K>;
type Having<C, K> = C extends { readonly kind: infer Own } ? ([K & Own] extends [never] ? never : C) : never;

const ORDER: readonly Direction[] = ["unknown", "widening", "narrowing", "neutral"];

/** What cannot be judged first, then widening; then by account, person, kind, tier and values: the order of every review. */
export function sortChanges(changes: readonly AccessChange[]): readonly AccessChange[] {
  return changes
    .map((change) => ({ change, key: orderOf(change) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ change }) => change);
}

function orderOf(change: AccessChange): string {
  const { direction, account = "", person = "", kind, tier = "", actions: _, place, ...values } = change;
  const rank = String(ORDER.indexOf(direction));
  return [rank, account, person, kind, tier, stableJson(values), stableJson(place ?? null)].join("\0");
}

/** Equal for changes that are the same of the same account and person, wherever in the roster their lines are. */
export function changeKey({ place: _, through: __, ...change }: AccessChange): string {
  return stableJson(change);
}

export const PLAN_DIFFERS = "plan-differs";

/** A disagreement about what another change is about. */
export function planDiffers(
  how: PlanDiffers["how"],
  change: AccessChange,
  direction: Direction = change.direction,
): AccessChange {
  return { ...aboutOf(change), direction, kind: PLAN_DIFFERS, how, change };
}

/** The common part of a change, for one that is about the same. */
export function aboutOf({ direction, account, person, tier, through, actions, place }: AccessChange): About {
  return { direction, account, person, tier, through, actions, place };
}

/** What a review comes to: the worst of its changes. A disagreement is never less than more access. */
export function reviewVerdictOf(changes: readonly AccessChange[]): "none" | "narrowing" | "widening" | "unknown" {
  const has = (direction: Direction) => changes.some((change) => change.direction === direction);
  if (has("unknown")) return "unknown";
  if (has("widening") || changes.some(({ kind }) => kind === PLAN_DIFFERS)) return "widening";
  return has("narrowing") ? "narrowing" : "none";
}
