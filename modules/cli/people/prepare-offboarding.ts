import type { IAMClient } from "@aws-sdk/client-iam";
import { claimAccess } from "../../access/claims";
import { loneAdministratorships } from "../../people/last-administrator";
import type { PersonState } from "../../people/person-state";
import type { OpenRole } from "../../people/other-roles";
import type { Reachable, ReachableRole } from "../../people/reachable-roles";
import type { Roster } from "../../roster/roster";
import { didYouMean, quote } from "../../text";
import type { Context } from "../../machine/context";
import { expectSettledProfile } from "../devices/expect-settled";
import { openAccount } from "./open-account";
import { sentenceOf } from "../or-explain";
import { mapPool } from "../../pool";

export interface OffboardOptions {
  readonly roster?: string;
  readonly json: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly report?: string;
  readonly force?: boolean;
  /** End the sessions of every tier everywhere, for rights that were taken away shortly before. */
  readonly everyRole?: boolean;
  /** End everybody's sessions, for a role whose trust was changed by hand. */
  readonly everybody?: boolean;
}

/** What a run is about to do. */
export interface OffboardPlan {
  readonly person: string;
  readonly by: string;
  readonly inRoster: boolean;
  readonly state: PersonState | undefined;
  readonly reachable: Reachable;
  /** Whether everybody's sessions end, by wish. */
  readonly everybody: boolean;
  /** Accounts of which the person is the only administrator: the roster has to get another before it can lose this one. */
  readonly lone: readonly string[];
  /** Accounts that cannot be reached, with the reason, by key. */
  readonly unreachable: ReadonlyMap<string, string>;
}

export interface Clients {
  readonly user: IAMClient;
  readonly of: (role: ReachableRole) => IAMClient | string;
}

/** Reads everything and refuses what must not be; changes nothing. A number is the exit code of a refusal, told already. */
export async function prepareOffboarding(
  context: Context,
  roster: Roster,
  person: string,
  options: OffboardOptions,
): Promise<{ readonly plan: OffboardPlan; readonly clients: Clients } | number> {
  await expectSettledProfile(context);
  const claims = claimAccess(roster);
  const { callerArn, isSame } = await import("../../people/caller");
  const by = await callerArn(roster.userAccount.region);
  const lone = loneAdministratorships(roster, person, context.now);
  const refusal = isSame(by, roster.userAccount, person)
    ? `you are ${quote(person)} (${by}); somebody else must offboard you`
    : lone.length > 0 && options.force !== true
      ? `${quote(person)} is the only administrator of ${lone.join(", ")}; give it to somebody else first, or use --force`
      : undefined;
  if (refusal !== undefined) return refuse(context, refusal, 1);
  const { readPerson } = await import("../../people/read-person");
  const { readRights } = await import("../../people/read-rights");
  const { accountsToList, reachableRoles } = await import("../../people/reachable-roles");
  const user = await openAccount(roster.userAccount, SESSION_NAME);
  const state = await readPerson(user, person);
  if (state !== undefined && state.name !== person)
    return refuse(context, `the user is called ${quote(state.name)}; write it so`, 2);
  const inRoster = roster.people.some(({ key }) => key === person);
  const isGone = state === undefined && !inRoster;
  if (isGone) sayGone(context, roster, person);
  const rights = state === undefined ? undefined : await readRights(user, roster.userAccount, state);
  const everyRole = options.everyRole === true || isGone;
  const clients = new Map<string, IAMClient | string>([["user", user]]);
  const listed = rights === undefined ? [] : accountsToList(claims, rights);
  const { others, unlisted } = await listOthers(clients, listed, claims.userAccount.id);
  const found = reachableRoles(claims, person, rights, { now: context.now, everyRole, others });
  const reachable = { ...found, roles: [...found.roles, ...unlisted] };
  await openAll(clients, reachable.roles);
  const unreachable = new Map([...clients].flatMap(([key, each]) => (typeof each === "string" ? [[key, each]] : [])));
  return {
    plan: { person, by, inRoster, state, reachable, everybody: options.everybody === true, lone, unreachable },
    clients: { user, of: ({ account }) => clients.get(account.key) ?? "no connection" },
  };
}

/** A removed line, an applied rename: the user is gone, and its sessions may be open. A slip looks the same. */
function sayGone(context: Context, { people }: Roster, person: string): void {
  const names = people.map(({ key }) => key);
  context.stderr(
    `${quote(person)} is neither in the roster nor in the user account${didYouMean(person, names) || "; check the spelling"}\nnothing says any more which roles they took, so sessions under this name end in every role of the roster\n`,
  );
}

const SESSION_NAME = "rolecall-offboard";

function refuse(context: Context, reason: string, code: number): number {
  context.stderr(`${reason}\n`);
  return code;
}

/** Accounts at once: each has its own limits at AWS. */
const AT_ONCE = 8;

type Connections = Map<string, IAMClient | string>;

async function openAll(clients: Connections, roles: readonly ReachableRole[]): Promise<void> {
  const accounts = new Map(roles.map(({ account }) => [account.key, account]));
  await mapPool([...accounts.values()], AT_ONCE, (account) => connect(clients, account));
}

async function connect(clients: Connections, account: ReachableRole["account"]): Promise<IAMClient | string> {
  const known = clients.get(account.key);
  if (known !== undefined) return known;
  const opened = await openAccount(account, SESSION_NAME).catch((error: unknown) => sentenceOf(error));
  clients.set(account.key, opened);
  return opened;
}

/** Roles beside the tiers'. An account whose roles cannot be listed stands for them: nothing is complete without it. */
async function listOthers(
  clients: Connections,
  accounts: readonly ReachableRole["account"][],
  userAccountId: string,
): Promise<{ readonly others: readonly OpenRole[]; readonly unlisted: readonly ReachableRole[] }> {
  const { rolesOpenTo } = await import("../../people/other-roles");
  const found = await mapPool(accounts, AT_ONCE, async (account) => {
    const client = await connect(clients, account);
    const roles = typeof client === "string" ? undefined : await rolesOpenTo(client, userAccountId).catch(sentenceOf);
    if (typeof roles === "string") clients.set(account.key, roles);
    return typeof roles === "string" || roles === undefined ? { account } : { account, roles };
  });
  return {
    others: found.flatMap(({ roles = [] }) => roles),
    unlisted: found.flatMap(({ account, roles }) =>
      roles === undefined ? [{ account, roleName: UNLISTED, arn: UNLISTED, sessionNames: [] }] : [],
    ),
  };
}

const UNLISTED = "roles that could not be listed";
