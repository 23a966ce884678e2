import { quote } from "../../text";
import { parseUntil } from "../build";
import type { GrantChange, RosterEdit } from "./change";
import { intoList, outOfList } from "./person-lists";
import { listed, mapOf, type Path, type Plain, settled } from "./plain";
import { noChange, type OfPerson, refused } from "./planned";
import type { EditStep } from "./steps";

/** One tier in each account: a second grant there changes the first. Its end and its reason stay until others are given. */
export function planGrant(person: Record<string, Plain>, path: Path, change: GrantChange, now: Date): OfPerson {
  const { account, tier, until, reason } = change;
  // A mistyped year would look as if somebody had got access.
  if (isOver(until, now)) return refused(`${quote(String(until))} is over already; give a later end, or none`);
  const index = grantsOf(person).findIndex((each) => each["account"] === account);
  const value = settled({ account, tier, until: until === false ? undefined : until, reason });
  if (index < 0) return { steps: [intoList(person, path, "grants", value)] };
  const old = grantsOf(person)[index] ?? {};
  const kept = until === undefined ? old["until"] : undefined;
  if (isOver(kept, now)) return refused(`the grant of ${ofWhom(change)} ended at ${kept}; give --until or --no-until`);
  const at = [...path, "grants", index];
  const steps = [
    ...setting(old, at, "tier", tier),
    ...(until === undefined ? [] : setting(old, at, "until", until === false ? undefined : until)),
    ...(reason === undefined ? [] : setting(old, at, "reason", reason)),
  ];
  const end = kept === undefined ? "" : `, until ${kept}; --until gives another end, and --no-until none`;
  if (steps.length === 0) return noChange(`${quote(change.person)} has exactly this grant already${end}`);
  const notes = [
    ...(kept === undefined ? [] : [`the end stays ${kept}; --until gives another, and --no-until none`]),
    ...(reason === undefined && old["reason"] !== undefined
      ? [`the reason stays ${quote(String(old["reason"]))}; --reason gives another`]
      : []),
  ];
  return { steps, notes };
}

function ofWhom({ person, account }: { readonly person: string; readonly account: string }): string {
  return `${quote(person)} in ${quote(account)}`;
}

/** What is not a date is reported with the roster's findings. */
function isOver(until: Plain | false | undefined, now: Date): boolean {
  const instant = typeof until === "string" ? parseUntil(until) : undefined;
  return instant !== undefined && Date.parse(instant) <= now.getTime();
}

function setting(old: Record<string, Plain>, path: Path, key: string, value: string | undefined): readonly EditStep[] {
  if (old[key] === value) return [];
  if (value === undefined) return [{ kind: "drop", path: [...path, key] }];
  return [key in old ? { kind: "replace", path: [...path, key], value } : { kind: "put", path, key, value }];
}

/** Takes a person's own grants in an account away, all or those of one tier. */
export function planRevoke(
  person: Record<string, Plain>,
  path: Path,
  change: Extract<RosterEdit, { readonly kind: "revoke" }>,
): OfPerson {
  const { account, tier } = change;
  const indexes = grantsOf(person).flatMap((each, index) =>
    each["account"] === account && (tier === undefined || each["tier"] === tier) ? [index] : [],
  );
  if (indexes.length > 0) return { steps: outOfList(person, path, "grants", indexes) };
  const tiers = tier === undefined ? "" : ` of ${quote(tier)}`;
  const own = grantsOf(person).map((each) => `${quote(String(each["account"]))} ${quote(String(each["tier"]))}`);
  const teams = listed(person["teams"]).map((team) => quote(String(team)));
  const cure = [
    ...(own.length === 0 ? [] : [`their own grants are ${own.join(", ")}`]),
    ...(teams.length === 0
      ? []
      : [`access may come through a team (${teams.join(", ")}); --team takes them out of one`]),
  ];
  const reason = [`${quote(change.person)} has no grant of their own${tiers} in ${quote(account)}`, ...cure].join("; ");
  return refused(reason);
}

function grantsOf(person: Record<string, Plain>): readonly Record<string, Plain>[] {
  return listed(person["grants"]).map(mapOf);
}
