import type { IAMClient } from "@aws-sdk/client-iam";
import { claimAccess } from "../modules/access/claims";
import { formatFinding } from "../modules/finding";
import { loneAdministratorships } from "../modules/live/people/last-administrator";
import type { PersonState } from "../modules/live/people/person-state";
import type { Reachable, ReachableRole } from "../modules/live/people/reachable-roles";
import type { OffboardEntry } from "../modules/live/people/run-offboarding";
import type { Roster } from "../modules/roster/roster";
import { didYouMean, quote } from "../modules/text";
import { approve, type Confirm, confirmOnTerminal } from "./confirm";
import type { Context } from "./context";
import { removeFromRoster } from "./remove-from-roster";
import { type OffboardRecord, openReport, type WriteReport } from "./offboard-report";
import { previewOf } from "./offboard-preview";
import { openAccount, orSay, reasonOf } from "./open-account";
import { readRoster } from "./read-roster";

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
  /** Accounts that cannot be reached, with the reason, by key. */
  readonly unreachable: ReadonlyMap<string, string>;
}

/**
 * Takes everything from a person, in an order that is safe to break off, and repeats what is missing when run again. Exit 0
 * done or nothing to do, 1 not confirmed, refused, or what a dry run would do, 2 something could not be done.
 */
export async function offboard(
  context: Context,
  person: string,
  options: OffboardOptions,
  { confirm = confirmOnTerminal, clock = () => new Date() }: { confirm?: Confirm; clock?: () => Date } = {},
): Promise<number> {
  return orSay(context, async () => {
    if (!/^[\w+=,.@-]{1,64}$/.test(person)) {
      context.stderr(`${quote(person)} cannot be the name of an IAM user\n`);
      return 2;
    }
    const roster = await readRoster(context, options.roster);
    for (const finding of roster.findings) context.stderr(`${formatFinding(finding)}\n`);
    if (!roster.ok) return 2;
    const prepared = await prepare(context, roster.value, person, options);
    if (typeof prepared === "number") return prepared;
    const { plan, clients } = prepared;
    if (!options.json) context.stdout(previewOf(plan));
    if (options.dryRun) return say(context, options, recordOf(plan, [], [], false), 1);
    const question = `Remove all of this from ${person}? Type yes: `;
    const cure = "look at it with --dry-run, then run this with --yes";
    const answer = await approve(context, { autoApprove: options.yes === true, question, confirm, cure });
    if (answer !== 0) return answer;
    const write = options.report === undefined ? undefined : openReport(context, options.report);
    const record = await run(context, plan, clients, { options, write, clock });
    return say(context, options, record, record.complete ? 0 : 2);
  });
}

interface Clients {
  readonly user: IAMClient;
  readonly of: (role: ReachableRole) => IAMClient | string;
}

/** Reads everything and refuses what must not be; changes nothing. */
async function prepare(
  context: Context,
  roster: Roster,
  person: string,
  options: OffboardOptions,
): Promise<{ readonly plan: OffboardPlan; readonly clients: Clients } | number> {
  const claims = claimAccess(roster);
  const { callerArn, isSame } = await import("../modules/live/people/caller");
  const by = await callerArn(roster.userAccount.region);
  const lone = options.force ? [] : loneAdministratorships(roster, person, context.now);
  const refusal = isSame(by, roster.userAccount.id, person)
    ? `you are ${quote(person)} (${by}); somebody else must offboard you`
    : lone.length > 0
      ? `${quote(person)} is the only administrator of ${lone.join(", ")}; give it to somebody else first, or use --force`
      : undefined;
  if (refusal !== undefined) return refuse(context, refusal, 1);
  const { readPerson } = await import("../modules/live/people/read-person");
  const { readRights } = await import("../modules/live/people/read-rights");
  const { reachableRoles } = await import("../modules/live/people/reachable-roles");
  const user = await openAccount(roster.userAccount, SESSION_NAME);
  const state = await readPerson(user, person);
  if (state !== undefined && state.name !== person)
    return refuse(context, `the user is called ${quote(state.name)}; write it so`, 2);
  const inRoster = roster.people.some(({ key }) => key === person);
  if (state === undefined && !inRoster && !options.everyRole) {
    const known = roster.people.map(({ key }) => key);
    const cure = "if the user was removed just now, --every-role still ends open sessions";
    const near = didYouMean(person, known);
    return refuse(
      context,
      `${quote(person)} is neither in the roster nor in the user account${near || `; ${cure}`}`,
      2,
    );
  }
  const rights = state === undefined ? undefined : await readRights(user, roster.userAccount.id, state);
  const everyRole = options.everyRole === true;
  const reachable = reachableRoles(claims, person, rights, { now: context.now, everyRole });
  const clients = await openAll(user, reachable.roles);
  const unreachable = new Map([...clients].flatMap(([key, each]) => (typeof each === "string" ? [[key, each]] : [])));
  return {
    plan: { person, by, inRoster, state, reachable, unreachable },
    clients: { user, of: ({ account }) => clients.get(account.key) ?? "no connection" },
  };
}

const SESSION_NAME = "rolecall-offboard";

function refuse(context: Context, reason: string, code: number): number {
  context.stderr(`${reason}\n`);
  return code;
}

async function openAll(
  user: IAMClient,
  roles: readonly ReachableRole[],
): Promise<ReadonlyMap<string, IAMClient | string>> {
  const clients = new Map<string, IAMClient | string>([["user", user]]);
  for (const { account } of roles)
    if (!clients.has(account.key))
      clients.set(account.key, await openAccount(account, SESSION_NAME).catch((error: unknown) => reasonOf(error)));
  return clients;
}

interface Run {
  readonly options: OffboardOptions;
  readonly write: WriteReport | undefined;
  readonly clock: () => Date;
}

async function run(
  context: Context,
  plan: OffboardPlan,
  clients: Clients,
  { options, write, clock }: Run,
): Promise<OffboardRecord> {
  const { runOffboarding } = await import("../modules/live/people/run-offboarding");
  const entries: (OffboardEntry & { readonly at: string })[] = [];
  const record = (entry: OffboardEntry) => {
    entries.push({ ...entry, at: clock().toISOString() });
    const { account, what, failure } = entry;
    context.stderr(
      `${failure === undefined ? "done  " : "FAILED"}  ${account}: ${what}${failure ? `: ${failure}` : ""}\n`,
    );
    write?.(recordOf(plan, entries, [], false));
  };
  write?.(recordOf(plan, entries, [], false));
  const { person, state, reachable } = plan;
  const everybody = options.everybody === true;
  const asked = { person, iam: clients.user, state, roles: reachable.roles, clientOf: clients.of, everybody, record };
  const cleared = await runOffboarding(asked);
  if (cleared && plan.inRoster) record(await removeFromRoster(context, person, options.roster));
  const complete = cleared && entries.every(({ failure }) => failure === undefined);
  const done = recordOf(plan, entries, notesOf(plan, complete), complete);
  write?.(done);
  return done;
}

function recordOf(
  { person, by }: OffboardPlan,
  entries: OffboardRecord["entries"],
  notes: readonly string[],
  complete: boolean,
): OffboardRecord {
  return { person, by, entries: [...entries], notes, complete };
}

/** What remains for people to do. */
function notesOf({ reachable, inRoster }: OffboardPlan, complete: boolean): readonly string[] {
  const accounts = [...new Set(reachable.roles.map(({ account }) => account.key))];
  return [
    ...(complete
      ? []
      : ["not complete: mend what failed and run the same command again; it goes on where this one ended"]),
    ...(accounts.length === 0
      ? []
      : [
          `until rolecall offboard --finish succeeds, apply nothing to ${accounts.join(", ")}: Terraform would remove the denial there, and open sessions would live again`,
        ]),
    ...(complete && inRoster
      ? ["commit the roster, and apply the user account: it changes nothing but the state"]
      : []),
    ...reachable.elsewhere.map(
      (arn) => `the person's documents also named ${quote(arn)}; see to sessions there by hand`,
    ),
    "what was made while signed in stays: users, keys and roles made by an administrator, sessions of other roles taken from a role, files; see CloudTrail",
  ];
}

function say(context: Context, { json, dryRun }: OffboardOptions, record: OffboardRecord, code: number): number {
  if (json)
    context.stdout(
      `${JSON.stringify({ schemaVersion: 1, command: "offboard", dryRun: dryRun === true, ...record })}\n`,
    );
  else for (const note of record.notes) context.stderr(`note: ${note}\n`);
  return code;
}
