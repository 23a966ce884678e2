import { isLater, type Terms } from "../access/holdings";
import { namesWithin } from "../iam/session-names";
import { quote } from "../text";
import { countOf, day, duration } from "../words";
import type { AccessChange } from "./access-change";
import type { RosterChange } from "./roster-change";
import { tellSetting } from "./tell-setting";

/** The change as a reviewer reads it: its sentence, its kind, and of its values those that machines are given. */
export function tellChange(change: RosterChange): AccessChange {
  const { direction, kind, account, person, tier, through, actions, place } = change;
  return {
    ...{ direction, kind },
    ...(account !== undefined && { account }),
    ...(person !== undefined && { person }),
    ...(tier !== undefined && { tier }),
    ...(through !== undefined && { through }),
    ...(actions !== undefined && { actions }),
    ...("before" in change && change.before !== undefined && { before: change.before }),
    ...("after" in change && change.after !== undefined && { after: change.after }),
    sentence: sentenceOf(change),
    ...(place !== undefined && { place }),
  };
}

function sentenceOf(change: RosterChange): string {
  const who = quote(change.person ?? "");
  switch (change.kind) {
    case "holding-gained":
      return gained(who, change.account ?? "", change);
    case "holding-lost":
      return lost(who, change.account ?? "", change);
    case "holding-end": {
      const { before, after } = change;
      return `${who} holds ${after.tier} in ${change.account} ${endText(after)} instead of ${endText(before)}`;
    }
    case "person-added":
      return change.after.tags.length === 0
        ? `the user ${who} is made`
        : `the user ${who} is made with the tags ${listed(change.after.tags)}, which policies elsewhere may ask for`;
    case "person-removed":
      return `${who} leaves the roster: the IAM user is deleted with its password, access keys and MFA devices, and open role sessions go on until they end; rolecall offboard ${change.person} ends them`;
    case "person-spelled":
      return `${quote(change.after)} differs from ${quote(change.before)} in case only, which IAM takes for the same name: it refuses the new user while the old one exists, and the old one is deleted with its password, access keys and MFA devices; keep the spelling ${quote(change.before)}`;
    case "person-tags":
      return `other tags on ${who}: ${listed(change.after.tags)}; policies elsewhere may ask for them`;
    case "team-grants": {
      const text = (grants: readonly string[]) => (grants.length === 0 ? "nothing" : grants.join(", "));
      return `the team ${quote(change.team)}, which nobody is in, is granted ${text(change.after)} instead of ${text(change.before)}`;
    }
    case "tier-added":
      return tierAdded(change);
    case "tier-removed":
      return `the tier ${change.before.tier}${heldBy(change.holders, "held")} is removed: its roles are deleted, and open sessions of them can do nothing more`;
    case "tier-renamed":
      return `the tier ${change.before} is called ${change.after}: its roles are deleted and made under the new name, and open sessions of the old ones can do nothing more`;
    case "tier-mfa-age":
    case "tier-session": {
      const what = change.kind === "tier-mfa-age" ? "MFA may be X old" : "sessions last X";
      const [now, was] = [duration(change.after), duration(change.before)];
      return `${change.tier}: ${what.replace("X", now)} instead of ${was}, ${forWhom(change.holders)}`;
    }
    case "tier-session-names":
      return otherNames(change);
    case "account-added": {
      const { id, trusts, spectatorReads } = change.after;
      const data = spectatorReads === "data" ? "; spectators there read data" : "";
      return `the new account ${change.account} (${id}) trusts people of ${trusts}${data}`;
    }
    case "account-removed":
      return `the account ${change.account} (${change.before.id}) leaves the roster; what was made there stays until it is destroyed`;
    case "account-renamed":
      return `the account ${change.id} is called ${quote(change.after)} instead of ${quote(change.before)}${movesState(change.direction)}`;
    case "account-tags":
      return `other tags on the ${change.holders} of ${change.account}: ${listed(change.after.tags)}; policies elsewhere may ask for them`;
    default:
      return tellSetting(change);
  }
}

type Of<K extends RosterChange["kind"]> = Extract<RosterChange, { readonly kind: K }>;

function gained(who: string, account: string, { after, within, more, than }: Of<"holding-gained">): string {
  const gains = `${who} gains ${after.tier} in ${account} (${termsText(after)})`;
  const held = than.join(" and the ");
  if (within !== undefined) {
    const longer = otherTerms(after, within, longerTerms(after, within));
    return longer.length === 0
      ? `${gains}, which is no more than the ${within.tier} held before`
      : `${gains}: it allows no more actions than the ${within.tier} held before, but ${longer.join(" and ")}`;
  }
  if (more === undefined) return gains;
  if (more.can.length + more.perhaps.length === 0)
    return `${gains}: it allows together what the ${held} held before allow apart`;
  return `${gains}: ${beyondText(more, than.length === 0 ? "" : ` that the ${held} held before ${than.length === 1 ? "does" : "do"} not`)}`;
}

function lost(who: string, account: string, { before, still, leaves }: Of<"holding-lost">): string {
  const loses = `${who} loses ${before.tier} in ${account}`;
  if (still === undefined) return `${loses}${leaves ? ", leaving the roster" : ""}`;
  const shorter = otherTerms(still, before, longerTerms(before, still));
  return shorter.length === 0
    ? `${loses}, which is no more than the ${still.tier} still held`
    : `${loses}: the ${still.tier} still held allows no fewer actions, but ${shorter.join(" and ")}`;
}

/** The terms that give more than those of the other. */
function longerTerms(one: Terms, other: Terms): ReadonlySet<"mfa" | "session" | "names" | "end"> {
  return new Set([
    ...(one.mfaAgeSeconds > other.mfaAgeSeconds ? (["mfa"] as const) : []),
    ...(one.sessionSeconds > other.sessionSeconds ? (["session"] as const) : []),
    ...(namesWithin(one.sessionNames ?? [], other.sessionNames ?? []) ? [] : (["names"] as const)),
    ...(isLater(one.until, other.until) ? (["end"] as const) : []),
  ]);
}

/** `MFA may be 12 h old instead of 1 h`, and so on for each of these. */
function otherTerms(now: Terms, was: Terms, which: ReturnType<typeof longerTerms>): readonly string[] {
  return [
    ...(which.has("mfa")
      ? [`MFA may be ${duration(now.mfaAgeSeconds)} old instead of ${duration(was.mfaAgeSeconds)}`]
      : []),
    ...(which.has("session")
      ? [`sessions last ${duration(now.sessionSeconds)} instead of ${duration(was.sessionSeconds)}`]
      : []),
    ...(which.has("names") ? [`sessions may be called ${namesText(now)} instead of ${namesText(was)}`] : []),
    ...(which.has("end") ? [`it is held ${endText(now)} instead of ${endText(was)}`] : []),
  ];
}

function tierAdded({ after, more, holders, replaces }: Of<"tier-added">): string {
  const tier = `the new tier ${after.tier} (${termsText(after)}${holders === 0 ? ", nobody holds it now" : ""})`;
  if (replaces !== undefined) return `${tier} takes the place of ${replaces} and allows no more`;
  return more.can.length + more.perhaps.length === 0
    ? `${tier} is a role in every account and allows nothing`
    : `${tier} is a role in every account: ${beyondText(more, "")}`;
}

function forWhom(holders: number): string {
  return holders === 0 ? "which nobody holds now" : `for ${countOf(holders, "person", "people")}`;
}

function otherNames({ tier, before, after, holders }: Of<"tier-session-names"> & { readonly tier?: string }): string {
  if (after.length === 0)
    return `${tier}: sessions bear their person's name alone, no longer ${listed(before)} too, ${forWhom(holders)}`;
  const was = before.length === 0 ? "" : ` instead of ${listed(before)}`;
  return `${tier}: sessions may be called ${listed(after)}${was}, besides their person's name, ${forWhom(holders)}; such a session names nobody, and ends only together with everybody's`;
}

const SHOWN_ACTIONS = 8;

/** `it allows 12 actions: s3:GetObject, ...; whether it allows 3 more cannot be told: ...`. */
function beyondText(
  { can, perhaps }: { readonly can: readonly string[]; readonly perhaps: readonly string[] },
  than: string,
): string {
  const certain =
    can.length === 0 ? [] : [`it allows ${countOf(can.length, "action", "actions")}${than}: ${shownActions(can)}`];
  const count = countOf(
    perhaps.length,
    can.length > 0 ? "more action" : "action",
    can.length > 0 ? "more actions" : "actions",
  );
  const doubt =
    perhaps.length === 0 ? [] : [`whether it allows ${count}${than} cannot be told: ${shownActions(perhaps)}`];
  return [...certain, ...doubt].join("; ");
}

function shownActions(names: readonly string[]): string {
  const some = names.slice(0, SHOWN_ACTIONS).map((name) => (/^[a-z0-9-]+:\w+$/i.test(name) ? name : quote(name)));
  return names.length > SHOWN_ACTIONS ? `${some.join(", ")} and ${names.length - SHOWN_ACTIONS} more` : some.join(", ");
}

function heldBy(holders: number, verb: string): string {
  return holders === 0 ? `, which nobody ${verb},` : `, ${verb} by ${countOf(holders, "person", "people")},`;
}

function namesText({ sessionNames }: Terms): string {
  return ["their person's name", ...(sessionNames ?? []).map(quote)].join(", ");
}

/** What taking the role asks of the person, and until when. */
function termsText({ mfaAgeSeconds, sessionSeconds, sessionNames, until }: Terms): string {
  const names = sessionNames === undefined ? "" : `, also called ${listed(sessionNames)}`;
  const end = until === undefined ? "" : `, until ${day(until)}`;
  return `MFA at most ${duration(mfaAgeSeconds)} old, sessions of ${duration(sessionSeconds)}${names}${end}`;
}

function endText({ until }: Terms): string {
  return until === undefined ? "without an end" : `until ${day(until)}`;
}

function listed(names: readonly string[]): string {
  return names.map(quote).join(", ");
}

/** A stack is called like its account unless the roster says otherwise. */
function movesState(direction: RosterChange["direction"]): string {
  return direction === "unknown"
    ? ", and its stack with it: the state under the old name is read no more; move it before anything is applied, or keep the name with stack:"
    : "";
}
