import { createHash } from "node:crypto";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { checked, signIn } from "../mfa/sign-in";
import type { PersonRole } from "../person-roles";
import { type Kept, keep, readKept } from "./cached";
import type { SessionPorts, TemporaryKeys, WantedSession } from "./ports";

const MINUTE = 60_000;
/** Renewed from here on: the aws client asks again for keys that end within 15 minutes. Source: botocore, `RefreshableCredentials`. */
const RENEW_BEFORE_MS = 15 * MINUTE;
/** A new code is asked for only from here on; until then what is left is handed out. */
const ASK_BEFORE_MS = 5 * MINUTE;
/** A call takes time, and the MFA age must still be young enough when it arrives. */
const CALL_MS = 30_000;
/** A day's work; longer ones are of little use and worth more to a thief. */
const SESSION_SECONDS = 12 * 3600;

/**
 * Keys of one role: kept ones while they last, else taken with the session, else with a session that is begun with one MFA
 * code. However many processes want them at once, one asks and one calls. Throws with what is wrong and the cure.
 */
export async function obtainKeys(ports: SessionPorts, wanted: WantedSession): Promise<TemporaryKeys> {
  const name = roleFile(wanted);
  const kept = readKept(ports.store.read(name), ports.now());
  if (kept !== undefined && left(kept, ports) > RENEW_BEFORE_MS) return kept.keys;
  const since = ports.now();
  return ports.store.locked(name, async () => {
    const now = readKept(ports.store.read(name), ports.now());
    if (now !== undefined && left(now, ports) > RENEW_BEFORE_MS) return now.keys;
    const rest = now !== undefined && left(now, ports) > ASK_BEFORE_MS ? now : undefined;
    const session = await sessionFor(ports, wanted, since, rest !== undefined);
    return session === undefined ? (rest as Kept).keys : takeRole(ports, wanted, session, since);
  });
}

/** The file of one role's keys: of one identity, one role, one session name. */
function roleFile({ identity, role, person }: WantedSession): string {
  return `role-${createHash("sha256").update(`${identity}\n${role.roleArn}\n${person}`).digest("hex").slice(0, 40)}`;
}

function sessionFile({ identity }: WantedSession): string {
  return `session-${identity}`;
}

function left({ endsAt }: Kept, { now }: SessionPorts): number {
  return endsAt - now();
}

async function takeRole(
  ports: SessionPorts,
  wanted: WantedSession,
  session: Kept,
  since: number,
): Promise<TemporaryKeys> {
  const sts = await ports.sts();
  const first = await sts.takeRole(session.keys, wanted.role.roleArn, wanted.person);
  // Ended before its time: revoked, or the clock was set. One new session may do; a second refusal is the answer.
  const renewed = first === "ended" ? await replaceSession(ports, wanted, session, since) : undefined;
  const answer =
    first === "ended" && renewed !== undefined
      ? await sts.takeRole(renewed.keys, wanted.role.roleArn, wanted.person)
      : first;
  if (answer === "ended") throw new Refusal("AWS does not accept the session that it has just issued; run this again");
  if ("refused" in answer)
    throw new Refusal(refusal(wanted, answer.refused, ports.now() - (renewed ?? session).startedAt));
  const kept = keep(checked(answer), ports.now());
  ports.store.write(roleFile(wanted), kept);
  return kept.keys;
}

async function replaceSession(ports: SessionPorts, wanted: WantedSession, ended: Kept, since: number): Promise<Kept> {
  const name = sessionFile(wanted);
  await ports.store.locked(name, async () => {
    const kept = readKept(ports.store.read(name), ports.now());
    if (kept?.keys.accessKeyId === ended.keys.accessKeyId && kept.startedAt === ended.startedAt)
      ports.store.remove(name);
  });
  return (await sessionFor(ports, wanted, since, false)) as Kept;
}

/** A session that this role takes; `undefined` when it would take a code and `optional` says to do without. */
async function sessionFor(
  ports: SessionPorts,
  wanted: WantedSession,
  since: number,
  optional: boolean,
): Promise<Kept | undefined> {
  const name = sessionFile(wanted);
  const usable = () => {
    const kept = readKept(ports.store.read(name), ports.now());
    return kept !== undefined && serves(kept, wanted.role, ports.now()) ? kept : undefined;
  };
  const kept = usable();
  if (kept !== undefined || optional) return kept;
  return ports.store.locked(name, async () => {
    const begun = usable();
    if (begun !== undefined) return begun;
    throwIfJustRefused(ports, wanted, since);
    try {
      return await beginSession(ports, wanted);
    } catch (error) {
      if (error instanceof Error)
        ports.store.write(`refused-${wanted.identity}`, { at: ports.now(), why: error.message });
      throw error;
    }
  });
}

/** Long enough to make the call with, and its MFA sign-in young enough for the role. */
function serves(session: Kept, role: PersonRole, nowMs: number): boolean {
  return session.endsAt - nowMs > CALL_MS && nowMs - session.startedAt < role.mfaAgeSeconds * 1000 - CALL_MS;
}

/** Who waited while another process asked in vain does not ask the same person the same thing again. */
function throwIfJustRefused({ store, now }: SessionPorts, { identity }: WantedSession, since: number): void {
  const value = store.read(`refused-${identity}`);
  if (typeof value !== "object" || value === null || !("at" in value) || !("why" in value)) return;
  const { at, why } = value;
  if (typeof at === "number" && at >= since && at <= now() && typeof why === "string") throw new Refusal(why);
}

async function beginSession(ports: SessionPorts, wanted: WantedSession): Promise<Kept> {
  const serial = await ports.serial();
  const [sts, codes] = await Promise.all([ports.sts(), ports.codes()]);
  const name = sessionFile(wanted);
  const usedBefore = readKept(ports.store.read(name), ports.now())?.usedCode;
  const request = { serial, seconds: usefulSeconds(wanted.roles), usedBefore };
  const { granted, startedAt, usedCode } = await signIn({ sts, codes, now: ports.now }, request);
  const kept = keep(granted, startedAt, usedCode);
  ports.store.write(name, kept);
  return kept;
}

/** As long as the most patient of the roles takes its MFA sign-in, at most a working day. */
export function usefulSeconds(roles: readonly PersonRole[]): number {
  return Math.min(SESSION_SECONDS, Math.max(900, ...roles.map(({ mfaAgeSeconds }) => mfaAgeSeconds)));
}

/** AWS says the same for every reason: what is known here narrows it down. */
function refusal({ role, person }: WantedSession, words: string, ageMs: number): string {
  const { account, tier, until, mfaAgeSeconds } = role;
  const end = until === undefined ? "" : ` until ${until}`;
  return (
    `AWS refuses ${tier} in ${account}: ${quote(words)}. The roster grants it to ${person}${end}, and your MFA sign-in is ` +
    `${minutes(ageMs / 1000)} old (the role takes ${minutes(mfaAgeSeconds)}); so either this roster is not applied there yet, ` +
    `the role is gone from the account, or you were offboarded: rolecall doctor ${quote(account)} ${quote(tier)} finds out which`
  );
}

function minutes(seconds: number): string {
  const whole = Math.floor(seconds / 60);
  return whole >= 120 ? `${Math.floor(whole / 60)} h` : `${whole} min`;
}
