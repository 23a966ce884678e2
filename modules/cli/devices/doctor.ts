import { type Caller, describeCaller } from "../../client/caller";
import { jsonText } from "../json-text";
import { type Examined, exitOf } from "../../client/doctor/check";
import { examine } from "../../client/doctor/checks";
import type { Device } from "../../client/devices/device";
import type { Asked, DoctorFacts, NoCaller } from "../../client/doctor/facts";
import type { Context } from "../../machine/context";
import { answerOf, machineFacts } from "./doctor-facts";
import { findRole, roleDiagnoses } from "./doctor-role";
import { orExplain } from "../or-explain";
import { devicesOf, keptSession, type OwnUser, type SourceOptions, sourceOf, withMfa } from "./own-user";
import { NoOwnKeys } from "../../client/session/own-keys";
import { withoutCaller } from "../../client/doctor/no-caller";
import { isKeyRefused } from "../../live/aws-problem";
import { readOwnKeys } from "../session/session-own-keys";

export interface DoctorOptions extends SourceOptions {
  readonly roster?: string;
  /** Whether to ask for a code, for what cannot be looked at without. */
  readonly mfa: boolean;
  /** Days. */
  readonly keyDays: number;
  readonly json: boolean;
}

/** What doctor was asked about beside the setup. */
export interface AskedRole {
  readonly account?: string;
  readonly tier?: string;
}

/** Looks for what is wrong with a person's setup, and why one role cannot be taken. Exit 0 all well, 1 something to put right, 2 could not tell. */
export async function doctor(context: Context, asked: AskedRole, options: DoctorOptions): Promise<number> {
  return orExplain(context, async () => {
    const { account, tier } = asked;
    const question = account === undefined ? undefined : await findRole(context, account, tier, options.roster);
    if (account !== undefined && question === undefined) return 2;
    const [machine, person] = await Promise.all([machineFacts(context), personFacts(context, options)]);
    const { own, able, ...facts } = person;
    const general = examine({ ...machine, ...facts, maxKeyDays: options.keyDays });
    if (!options.json) for (const each of general) context.stdout(lineOf(each));
    const role = question === undefined ? [] : await roleDiagnoses(context, question, { own, able });
    const named = role.map((each): Examined => ({ check: "role", ...each }));
    if (options.json) {
      const checks = [...general, ...named];
      context.stdout(jsonText("doctor", { ...asked, checks }));
    } else for (const each of named) context.stdout(lineOf(each));
    return exitOf([...general, ...role]);
  });
}

function lineOf({ check, status, found, cure }: Examined): string {
  const head = `${status.padEnd(7)}  ${check.padEnd(11)}  `;
  return `${head}${found}\n${cure === undefined ? "" : `${" ".repeat(head.length)}-> ${cure}\n`}`;
}

interface PersonFacts extends Pick<DoctorFacts, "caller" | "devices" | "keys"> {
  readonly own?: OwnUser;
  /** The same with MFA. */
  readonly able?: OwnUser;
}

const NO_MFA = { known: false, why: "looking takes MFA" } as const;

async function personFacts(context: Context, options: DoctorOptions): Promise<PersonFacts> {
  const found = await ownCaller(context, options);
  if (!found.known) {
    const nothing = { known: false, why: withoutCaller(found)?.why ?? found.why } as const;
    return { caller: found, devices: nothing, keys: nothing };
  }
  const { value } = found;
  if (value.caller.kind !== "user") {
    const why = `${describeCaller(value.caller)} has none`;
    return { caller: known(value.caller), devices: { known: false, why }, keys: { known: false, why } };
  }
  const own = { ...value, user: value.caller.user, accountId: value.caller.accountId };
  const devices = await answerOf(async () => (await devicesOf(own)).list());
  const able = await ableUser(context, own, devices, options);
  const keys = able === undefined ? NO_MFA : await answerOf(() => keysOf(able));
  return { caller: known(value.caller), devices, keys, own, ...(able === undefined ? {} : { able }) };
}

/** With MFA when there is a session, or a code may be asked for; why there is none is for the person, and no reason to stop. */
async function ableUser(
  context: Context,
  own: OwnUser,
  devices: Asked<readonly Device[]>,
  options: DoctorOptions,
): Promise<OwnUser | undefined> {
  if (!options.mfa || !devices.known) return keptSession(context, own);
  const able = await answerOf(() => withMfa(context, own, devices.value, { ...options, purpose: "a closer look" }));
  if (!able.known) context.stderr(`${able.why}\n`);
  return able.known ? able.value : undefined;
}

function known<T>(value: T): { readonly known: true; readonly value: T } {
  return { known: true, value };
}

interface OwnCaller extends Pick<OwnUser, "keys" | "source"> {
  readonly caller: Caller;
}

async function ownCaller(
  context: Context,
  { sourceProfile }: SourceOptions,
): Promise<{ readonly known: true; readonly value: OwnCaller } | Exclude<DoctorFacts["caller"], { known: true }>> {
  const { callerOf } = await import("../../live/own-user");
  let because: NoCaller = "unclear-keys";
  const answer = await answerOf(async () => {
    try {
      const keys = await readOwnKeys(context, sourceProfile);
      const source = await sourceOf(context, keys);
      because = "no-answer";
      return { keys, source, caller: await callerOf(source) };
    } catch (error) {
      if (error instanceof NoOwnKeys) because = "no-keys";
      else if (isKeyRefused(error)) because = "refused";
      throw error;
    }
  });
  return answer.known ? answer : { ...answer, because };
}

async function keysOf({ source, user, accountId }: OwnUser) {
  const { iamClient } = await import("../../live/own-user");
  const { liveKeys } = await import("../../live/keys");
  return liveKeys(iamClient(source), user, accountId, source.region).list();
}
