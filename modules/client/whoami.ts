import { compareNaturally } from "../text";
import type { Roster } from "../roster/roster";
import type { Caller } from "./caller";
import { type PersonRole, personRoles } from "./person-roles";
import { countOf } from "../words";

/** A caller in the words of the roster. */
export interface Identity {
  /** Key of the account, where the roster has it. */
  readonly account?: string;
  /** Who it is: the user, or the person whose name the session bears. */
  readonly person?: string;
  /** Whether the roster has that person. */
  readonly known: boolean;
  /** The tier whose role this session has, where the roster has one of that name. */
  readonly tier?: string;
  /** What the person may take now; empty for nobody. */
  readonly roles: readonly PersonRole[];
}

/** Who the caller is to the roster at `now`. A session bears its person's name, because the roles' trust demands it. */
export function identify(caller: Caller, roster: Roster, now: Date): Identity {
  const account = [roster.userAccount, ...roster.accounts].find(({ id }) => id === caller.accountId)?.key;
  const tier =
    caller.kind === "role-session" && account !== undefined && account !== roster.userAccount.key
      ? roster.tiers.find(({ key }) => key === caller.role)?.key
      : undefined;
  const person = personOf(caller, roster, tier);
  const roles = person === undefined ? undefined : personRoles(roster, person, now);
  return {
    ...(account === undefined ? {} : { account }),
    ...(person === undefined ? {} : { person }),
    known: roles !== undefined,
    ...(tier === undefined ? {} : { tier }),
    roles: [...(roles ?? [])].sort((a, b) => compareNaturally(a.account, b.account)),
  };
}

/** A user of another account, or a session of a role that is not one of Rolecall's, may bear a person's name by chance. */
function personOf(caller: Caller, roster: Roster, tier: string | undefined): string | undefined {
  if (caller.kind === "user" && caller.accountId === roster.userAccount.id) return caller.user;
  return caller.kind === "role-session" && tier !== undefined ? caller.session : undefined;
}

/** What each built-in tier is for, in one line. */
const PROMISES: Readonly<Record<string, string>> = {
  administrator: "everything",
  operator:
    "nearly everything; never purchases, the organization or billing, audit trails, or a way to more rights than its own",
  spectator: "looking only",
};

export function promiseOf(tier: string): string {
  return PROMISES[tier] ?? "what the roster lists for it";
}

/** `in 43 minutes`, `in 3 hours`, `over`; whole units, rounded down. */
export function timeLeft(end: Date, now: Date): string {
  const minutes = Math.floor((end.getTime() - now.getTime()) / 60_000);
  if (minutes < 0) return "over";
  if (minutes < 120) return `in ${countOf(minutes, "minute", "minutes")}`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `in ${hours} hours` : `in ${Math.floor(hours / 24)} days`;
}
