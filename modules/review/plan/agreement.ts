import { compareText } from "../../text";
import { type AccessChange, type Direction, PLAN_DIFFERS } from "../access-change";
import { changeKeyOf } from "../documents/change-key";

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
 * the way to the roster's end and what changes no access is no disagreement, and carries no `kind`.
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
  const told = new Set([...more, ...(lines.length === 0 ? [] : apart.filter(narrows))].map(changeKeyOf));
  return [...lines, ...apart.filter((change) => !told.has(changeKeyOf(change))).map((change) => ends(change))];
}

function extra(change: AccessChange, endsWell: boolean): AccessChange {
  if (endsWell && change.direction === "neutral")
    return { ...change, sentence: `the plans also do: ${change.sentence}` };
  return {
    ...change,
    kind: PLAN_DIFFERS,
    direction: endsWell && change.direction !== "neutral" ? change.direction : worse(change.direction),
    sentence: `the plans do more than the roster says: ${change.sentence}`,
  };
}

/** What AWS has already needs no plan: then `apart` is empty, and this is not asked. */
function missing(change: AccessChange): AccessChange {
  const direction = change.direction === "narrowing" || change.direction === "neutral" ? "widening" : "unknown";
  const sentence = `the plans do less than the roster says: ${change.sentence}`;
  return { ...change, kind: PLAN_DIFFERS, direction, sentence };
}

function ends(change: AccessChange): AccessChange {
  const sentence = `after the plans, AWS differs from the roster: ${change.sentence}`;
  return { ...change, kind: PLAN_DIFFERS, direction: worse(change.direction), sentence };
}

/** A plan that is not this roster's plan tells nothing about it, however little it gives; and no difference is none to it. */
function worse(direction: Direction): Direction {
  return direction === "narrowing" ? "unknown" : direction === "neutral" ? "widening" : direction;
}

function narrows({ direction }: AccessChange): boolean {
  return direction === "narrowing";
}

function without(changes: readonly AccessChange[], others: readonly AccessChange[]): readonly AccessChange[] {
  const known = new Set(others.map(changeKeyOf));
  return changes.filter((change) => !known.has(changeKeyOf(change)));
}
