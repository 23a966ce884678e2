import { type Caller, describeCaller } from "../../client/caller";
import { type Device, givesCodes } from "../../client/devices/device";
import { type Examined, exitOf } from "../../client/doctor/check";
import { examine } from "../../client/doctor/checks";
import type { Asked, DoctorFacts, NoCaller } from "../../client/doctor/facts";
import { withoutCaller } from "../../client/doctor/no-caller";
import { NoOwnKeys } from "../../client/session/own-keys";
import { isKeyRefused } from "../../live/aws-problem";
import type { Context } from "../../machine/context";
import type { Answer } from "../answer";
import { readOwnKeys } from "../session/session-own-keys";
import { answerOf, machineFacts } from "./doctor-facts";
import { expectRole, roleDiagnoses } from "./doctor-role";
import { keysThrough } from "./own-access-keys";
import { devicesOf, keptSession, type OwnUser, type SourceOptions, sourceOf, withMfa } from "./own-user";

/** Looks at everything, and with an account at one role there. Exit 0 all is well, 1 something to put right, 2 could not tell. */
export async function examineSetup(context: Context, options: DoctorOptions, asked: AskedRole): Promise<Answer> {
  const { account, tier } = asked;
  const question = account === undefined ? undefined : await expectRole(context, account, tier, options.roster);
  const [machine, { person, asker }] = await Promise.all([machineFacts(context), personFacts(context, options)]);
  const general = examine({ ...machine, ...person, maxKeyDays: options.keyDays });
  const role = question === undefined ? [] : await roleDiagnoses(context, question, asker);
  const checks = [...general, ...role.map((each): Examined => ({ check: "role", ...each }))];
  return {
    exit: exitOf(checks),
    data: { ...asked, checks },
    text: checks.map(linesOf).join(""),
    findings: question?.findings,
  };
}

/** A role that is asked about besides the setup. */
interface AskedRole {
  readonly account?: string | undefined;
  readonly tier?: string | undefined;
}

function linesOf({ check, status, found, cure }: Examined): string {
  const head = `${status.padEnd(7)}  ${check.padEnd(11)}  `;
  return `${head}${found}\n${cure === undefined ? "" : `${" ".repeat(head.length)}-> ${cure}\n`}`;
}

/** What AWS says of the person, and through which sessions it can be asked. */
interface PersonFacts {
  readonly person: Pick<DoctorFacts, "caller" | "devices" | "keys">;
  readonly asker: { readonly own?: OwnUser | undefined; readonly withMfa?: OwnUser | undefined };
}

interface DoctorOptions extends SourceOptions {
  /** Whether to ask for a code, for what cannot be looked at without. */
  readonly mfa: boolean;
  /** Days after which a key is old. */
  readonly keyDays: number;
  readonly roster?: string | undefined;
}

const NO_MFA = { known: false, why: "looking takes MFA" } as const;

async function personFacts(context: Context, options: DoctorOptions): Promise<PersonFacts> {
  const found = await ownCaller(context, options);
  if (!found.known) {
    const nothing = { known: false, why: withoutCaller(found)?.why ?? found.why } as const;
    return { person: { caller: found, devices: nothing, keys: nothing }, asker: {} };
  }
  const { value } = found;
  const caller = { known: true, value: value.caller } as const;
  if (value.caller.kind !== "user") {
    const nothing = { known: false, why: `${describeCaller(value.caller)} has none` } as const;
    return { person: { caller, devices: nothing, keys: nothing }, asker: {} };
  }
  const own = { ...value, user: value.caller.user, accountId: value.caller.accountId };
  const devices = await answerOf(async () => (await devicesOf(own)).list());
  const able = await userWithMfa(context, own, devices, options);
  const keys = able.known ? await answerOf(async () => (await keysThrough(able.value)).list()) : able;
  return { person: { caller, devices, keys }, asker: { own, withMfa: able.known ? able.value : undefined } };
}

/** With MFA when there is a session, or a code may be asked for; else why not. */
async function userWithMfa(
  context: Context,
  own: OwnUser,
  devices: Asked<readonly Device[]>,
  options: DoctorOptions,
): Promise<Asked<OwnUser>> {
  const kept = keptSession(context, own);
  if (kept !== undefined) return { known: true, value: kept };
  // That there is no device that gives codes is a finding of its own.
  if (!options.mfa || !devices.known || !devices.value.some(({ serial }) => givesCodes(serial))) return NO_MFA;
  return answerOf(() => withMfa(context, own, devices.value, { ...options, purpose: "a closer look" }));
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
