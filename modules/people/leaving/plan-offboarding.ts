import type { AccountDocuments } from "../../iam/account-documents";
import type { IAMClient } from "@aws-sdk/client-iam";
import { claimAccess } from "../../access/claims";
import { known } from "../../known";
import { ACCOUNTS_AT_ONCE } from "../../live/open-account";
import { mapPool } from "../../pool";
import type { OpenAccount } from "../../live/open-account";
import type { AccessClaims } from "../../proof/claims";
import { Refusal } from "../../refusal";
import type { Roster } from "../../roster/roster";
import { didYouMean, quote } from "../../text";
import type { PersonState } from "../person-state";
import { readPerson } from "../read-person";
import { callerArn, isSame } from "./caller";
import { type AccountConnections, Connector } from "./connections";
import { loneAdministratorships } from "./last-administrator";
import { rolesOpenTo } from "./other-roles";
import { accountsToList, type Reachable, type ReachableRole, reachableRoles } from "./reachable-roles";
import { readRights } from "./read-rights";

export interface OffboardRequest {
  readonly roster: Roster;
  readonly person: string;
  readonly now: Date;
  /** Also the only administrator of an account. */
  readonly force: boolean;
  /** End the sessions of every tier everywhere, for rights that were taken away shortly before. */
  readonly everyRole: boolean;
  /** End everybody's sessions, for a role whose trust was changed by hand. */
  readonly everybody: boolean;
}

/** What an offboarding is about to do, and through which connections. */
export interface OffboardPlan {
  readonly person: string;
  /** ARN of the caller. */
  readonly by: string;
  /** A client of the user account. */
  readonly iam: IAMClient;
  readonly inRoster: boolean;
  /** `undefined` when the user is already deleted. */
  readonly state: PersonState | undefined;
  readonly reachable: Reachable;
  readonly everybody: boolean;
  /** Accounts of which the person is the only administrator: the roster cannot lose this person before it has another. */
  readonly lone: readonly string[];
  readonly connections: AccountConnections;
  readonly warnings: readonly string[];
}

/** Reads everything and changes nothing. Throws a `Refusal` for what must not be. */
export async function planOffboarding(request: OffboardRequest, open: OpenAccount): Promise<OffboardPlan> {
  const { roster, person, now, everybody } = request;
  if (!/^[\w+=,.@-]{1,64}$/.test(person)) throw new Refusal(`${quote(person)} cannot be the name of an IAM user`);
  const claims = claimAccess(roster);
  const by = await callerArn(roster.userAccount.region);
  const lone = loneAdministratorships(roster, person, now);
  refuseSelfAndLast(request, by, lone);
  const iam = await open(roster.userAccount);
  const state = await readPerson(iam, person);
  if (state !== undefined && state.name !== person)
    throw new Refusal(`the name of this user is ${quote(state.name)}; give it in the same case`);
  const inRoster = roster.people.some(({ key }) => key === person);
  const isGone = state === undefined && !inRoster;
  const rights = state === undefined ? undefined : await readRights(iam, roster.userAccount, state);
  const connector = new Connector(open, [[roster.userAccount.key, known(iam)]]);
  const everyRole = request.everyRole || isGone;
  const reachable = await findRoles(claims, connector, rights, { person, now, everyRole });
  const accounts = new Map(reachable.roles.map(({ account }) => [account.key, account]));
  await mapPool([...accounts.values()], ACCOUNTS_AT_ONCE, (account) => connector.connect(account));
  const warnings = isGone ? warningsOfGone(roster, person) : [];
  return { person, by, iam, inRoster, state, reachable, everybody, lone, connections: connector.connections, warnings };
}

function refuseSelfAndLast({ roster, person, force }: OffboardRequest, by: string, lone: readonly string[]): void {
  if (isSame(by, roster.userAccount, person))
    throw new Refusal(`you are ${quote(person)} (${by}); another administrator must offboard you`, { exit: 1 });
  if (lone.length > 0 && !force)
    throw new Refusal(
      `${quote(person)} is the only administrator of ${lone.join(", ")}; make another person an administrator first, or use --force`,
      { exit: 1 },
    );
}

/** A line that was removed, or a new name that was applied: the user is gone, and sessions may be open. A slip looks the same. */
function warningsOfGone({ people }: Roster, person: string): readonly string[] {
  const names = people.map(({ key }) => key);
  return [
    `${quote(person)} is neither in the roster nor in the user account${didYouMean(person, names) || "; check the spelling"}`,
    "the roster no longer says which roles this person took, so sessions under this name end in every role of the roster",
  ];
}

interface Wanted {
  readonly person: string;
  readonly now: Date;
  readonly everyRole: boolean;
}

/** An account whose roles cannot be listed is itself among what cannot be done: nothing is complete without it. */
async function findRoles(
  claims: AccessClaims,
  connector: Connector,
  rights: AccountDocuments | undefined,
  { person, now, everyRole }: Wanted,
): Promise<Reachable> {
  const listed = rights === undefined ? [] : accountsToList(claims, rights);
  const lists = await mapPool(listed, ACCOUNTS_AT_ONCE, async (account) => ({
    account,
    roles: await connector.with(account, (iam) => rolesOpenTo(iam, claims.userAccount.id)),
  }));
  const others = lists.flatMap(({ roles = [] }) => roles);
  const unlisted = lists.flatMap(({ account, roles }): readonly ReachableRole[] =>
    roles === undefined ? [{ account, roleName: UNLISTED, arn: UNLISTED, sessionNames: [] }] : [],
  );
  const found = reachableRoles(claims, person, rights, { now, everyRole, others });
  return { ...found, roles: [...found.roles, ...unlisted] };
}

const UNLISTED = "roles that could not be listed";
