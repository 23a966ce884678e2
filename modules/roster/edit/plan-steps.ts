import { didYouMean, quote, stableJson } from "../../text";
import { parseUntil } from "../build";
import type { RosterChange } from "./change";
import { flowText, isList, type Path, type Plain } from "./plain";
import type { Step } from "./steps";

/** The steps in one file, or why there are none. `nothing` is no mistake: the roster says so already. */
export type Planned =
  | {
      readonly kind: "steps";
      readonly file: number;
      readonly steps: readonly Step[];
      readonly notes: readonly string[];
    }
  | { readonly kind: "nothing" | "refused"; readonly reason: string };

/** A file's root mapping. */
export type PlainFile = Readonly<Record<string, Plain>>;

/** Which steps make the change, from what the files say; `now` decides which ends are past. */
export function planSteps(files: readonly PlainFile[], change: RosterChange, now: Date): Planned {
  switch (change.kind) {
    case "add-person":
      return add(files, "people", change.person, change.teams.length === 0 ? {} : { teams: change.teams });
    case "add-account":
      return add(files, "accounts", change.account, settled({ ...change.settings }));
    case "add-team":
      return add(files, "teams", change.team, change.grants);
    default: {
      const found = findPerson(files, change.person);
      if ("reason" in found) return found;
      const { file, person } = found;
      const planned = ofPerson(person, change, now);
      return "reason" in planned ? planned : { kind: "steps", file, steps: planned.steps, notes: planned.notes ?? [] };
    }
  }
}

type OfPerson =
  | { readonly steps: readonly Step[]; readonly notes?: readonly string[] }
  | { readonly kind: "nothing" | "refused"; readonly reason: string };

type PersonChange = Exclude<RosterChange, { readonly kind: "add-person" | "add-account" | "add-team" }>;

function ofPerson(person: Record<string, Plain>, change: PersonChange, now: Date): OfPerson {
  const path: Path = ["people", change.person];
  switch (change.kind) {
    case "remove-person":
      return { steps: [{ kind: "drop", path }] };
    case "join":
      return listed(person["teams"]).includes(change.team)
        ? nothing(`${quote(change.person)} is in the team ${quote(change.team)} already`)
        : { steps: [intoList(person, path, "teams", change.team)] };
    case "leave": {
      const index = listed(person["teams"]).indexOf(change.team);
      if (index < 0) return notInTeam(change, listed(person["teams"]).map(String));
      return { steps: [outOfList(person, path, "teams", [index])].flat() };
    }
    case "grant":
      return grant(person, path, change, now);
    case "revoke":
      return revoke(person, path, change);
  }
}

function notInTeam(
  { person, team }: { readonly person: string; readonly team: string },
  teams: readonly string[],
): OfPerson {
  const near =
    didYouMean(team, teams) ||
    (teams.length === 0 ? "; they are in none" : `; they are in ${teams.map(quote).join(", ")}`);
  return { kind: "refused", reason: `${quote(person)} is not in the team ${quote(team)}${near}` };
}

/** One tier in each account: a second grant there changes the first. Its end and its reason stay until others are given. */
function grant(
  person: Record<string, Plain>,
  path: Path,
  change: PersonChange & { readonly kind: "grant" },
  now: Date,
): OfPerson {
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
  if (steps.length === 0) return nothing(`${quote(change.person)} has exactly this grant already${end}`);
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

/** What is no date is told with the roster's findings. */
function isOver(until: Plain | false | undefined, now: Date): boolean {
  const instant = typeof until === "string" ? parseUntil(until) : undefined;
  return instant !== undefined && Date.parse(instant) <= now.getTime();
}

function setting(old: Record<string, Plain>, path: Path, key: string, value: string | undefined): readonly Step[] {
  if (old[key] === value) return [];
  if (value === undefined) return [{ kind: "drop", path: [...path, key] }];
  return [key in old ? { kind: "replace", path: [...path, key], value } : { kind: "put", path, key, value }];
}

function revoke(
  person: Record<string, Plain>,
  path: Path,
  change: PersonChange & { readonly kind: "revoke" },
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
  return { kind: "refused", reason };
}

function intoList(person: Record<string, Plain>, path: Path, key: string, value: Plain): Step {
  if (person[key] === undefined) return { kind: "put", path, key, value: [value] };
  return { kind: "append", path: [...path, key], value };
}

/** From behind, so that positions stay true; an empty list goes with its key. */
function outOfList(
  person: Record<string, Plain>,
  path: Path,
  key: string,
  indexes: readonly number[],
): readonly Step[] {
  if (indexes.length === listed(person[key]).length) return [{ kind: "drop", path: [...path, key] }];
  return [...indexes].reverse().map((index) => ({ kind: "drop", path: [...path, key, index] }));
}

const SECTIONS = {
  people: { what: "a person", cure: "rolecall grant gives them more" },
  accounts: { what: "an account", cure: "change it by hand" },
  teams: { what: "a team", cure: "change it by hand" },
} as const;

function add(files: readonly PlainFile[], section: keyof typeof SECTIONS, key: string, value: Plain): Planned {
  const { what, cure } = SECTIONS[section];
  const holder = files.find((each) => Object.hasOwn(mapOf(each[section]), key));
  if (holder !== undefined) {
    const there = `there is ${what} ${quote(key)} already`;
    const others =
      Object.keys(mapOf(value)).length === 0 ? [] : differences(mapOf(mapOf(holder[section])[key]), mapOf(value));
    return others.length === 0 ? nothing(there) : refused(`${there}: ${others.join(", ")}; ${cure}`);
  }
  const file = files.findIndex((each) => each[section] !== undefined);
  if (file >= 0) return { kind: "steps", file, steps: [{ kind: "put", path: [section], key, value }], notes: [] };
  return {
    kind: "steps",
    file: 0,
    steps: [{ kind: "put", path: [], key: section, value: { [key]: value } }],
    notes: [],
  };
}

/** What the roster says otherwise, or beside it. */
function differences(old: Record<string, Plain>, given: Record<string, Plain>): readonly string[] {
  const otherwise = Object.entries(given).flatMap(([key, value]) => {
    const there = Object.hasOwn(old, key) ? old[key] : undefined;
    if (there === undefined) return [`${quote(key)} is not there`];
    const text = typeof there === "string" ? there : flowText(there);
    return stableJson(there) === stableJson(value) ? [] : [`${quote(key)} is ${quote(text)}`];
  });
  const beside = Object.keys(old).filter((key) => !Object.hasOwn(given, key));
  return [...otherwise, ...beside.map((key) => `${quote(key)} is there too`)];
}

function findPerson(
  files: readonly PlainFile[],
  name: string,
):
  | { readonly file: number; readonly person: Record<string, Plain> }
  | { readonly kind: "refused"; readonly reason: string } {
  const file = files.findIndex((each) => Object.hasOwn(mapOf(each["people"]), name));
  if (file >= 0) return { file, person: mapOf(mapOf(files[file]?.["people"])[name]) };
  const known = files.flatMap((each) => Object.keys(mapOf(each["people"])));
  return { kind: "refused", reason: `the roster has no person ${quote(name)}${didYouMean(name, known)}` };
}

function refused(reason: string): { readonly kind: "refused"; readonly reason: string } {
  return { kind: "refused", reason };
}

function nothing(reason: string): { readonly kind: "nothing"; readonly reason: string } {
  return { kind: "nothing", reason };
}

function mapOf(value: Plain | undefined): Record<string, Plain> {
  return typeof value === "object" && !isList(value) ? { ...value } : {};
}

function listed(value: Plain | undefined): readonly Plain[] {
  return value !== undefined && isList(value) ? value : [];
}

function grantsOf(person: Record<string, Plain>): readonly Record<string, Plain>[] {
  return listed(person["grants"]).map(mapOf);
}

/** Without what is not set, in the given order. */
function settled(values: Readonly<Record<string, string | undefined>>): Plain {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, Plain][] => (value === undefined ? [] : [[key, value]])),
  );
}
