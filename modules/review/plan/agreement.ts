import { compareText } from "../../text";
import { aboutOf, type AccessChange, changeKey, type Direction, planDiffers } from "../access-change";

/** The same question asked of both witnesses, for the accounts the plans cover. */
export interface Witnesses {
  /** What the roster says will change; absent when only its end is known, without a base. */
  readonly said?: readonly AccessChange[];
  /** What the plans will change. */
  readonly planned: readonly AccessChange[];
  /** How AWS after the apply differs from what the roster says it should be. */
  readonly apart: readonly AccessChange[];
}

/**
 * Where plan and roster disagree about an account, or none of that: said loudly, before everything else. What the plans do on
 * the way to the roster's end and what changes no access is not a disagreement.
 */
export function disagreements({ said, planned, apart }: Witnesses): readonly AccessChange[] {
  const accounts = [...new Set([...(said ?? []), ...planned, ...apart].map(({ account = "" }) => account))];
  return accounts.sort(compareText).flatMap((account) => {
    // By the account it is about: a right in one account may be given by the plan of another.
    const own = (changes: readonly AccessChange[]) => changes.filter((change) => (change.account ?? "") === account);
    return ofAccount(said && own(said), own(planned), own(apart));
  });
}

function ofAccount(
  said: readonly AccessChange[] | undefined,
  planned: readonly AccessChange[],
  apart: readonly AccessChange[],
): readonly AccessChange[] {
  const more = said === undefined ? [] : without(planned, said);
  const less = said === undefined ? [] : without(said, planned);
  const lines = [
    ...more.map((change) => extra(change, apart.length === 0)),
    ...(apart.length === 0 ? [] : less.map((change) => missing(change))),
  ];
  const covered = new Set([...more, ...(lines.length === 0 ? [] : apart.filter(narrows))].map(changeKey));
  return [...lines, ...apart.filter((change) => !covered.has(changeKey(change))).map((change) => ends(change))];
}

function extra(change: AccessChange, endsWell: boolean): AccessChange {
  if (endsWell && change.direction === "neutral") return { ...aboutOf(change), kind: "plan-also", change };
  return planDiffers("more", change, endsWell ? change.direction : worse(change.direction));
}

/** What AWS has already needs no plan: then `apart` is empty, and this is not asked. */
function missing(change: AccessChange): AccessChange {
  const direction = change.direction === "narrowing" || change.direction === "neutral" ? "widening" : "unknown";
  return planDiffers("less", change, direction);
}

function ends(change: AccessChange): AccessChange {
  return planDiffers("apart", change, worse(change.direction));
}

/** A plan that is not this roster's plan tells nothing about it, however little it gives; and no difference is none to it. */
function worse(direction: Direction): Direction {
  return direction === "narrowing" ? "unknown" : direction === "neutral" ? "widening" : direction;
}

function narrows({ direction }: AccessChange): boolean {
  return direction === "narrowing";
}

function without(changes: readonly AccessChange[], others: readonly AccessChange[]): readonly AccessChange[] {
  const known = new Set(others.map(changeKey));
  return changes.filter((change) => !known.has(changeKey(change)));
}
