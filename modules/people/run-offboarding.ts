import type { IAMClient } from "@aws-sdk/client-iam";
import { awsProblem } from "../live/aws-problem";
import { readBack } from "../live/read-back";
import { isoSeconds, type Revocation } from "../iam/revocation";
import { quote } from "../text";
import { revokeSessions } from "./sessions/revoke";
import { clearingSteps, describeStep, lockStep, type OffboardStep, shuttingSteps, tellsRights } from "./offboard-steps";
import type { PersonState } from "./person-state";
import type { ReachableRole } from "./reachable-roles";
import { readPerson } from "./read-person";
import { isTaken } from "./step-taken";
import { takeStep } from "./take-step";

/** One thing that was done or tried, for the record. */
export interface OffboardEntry {
  readonly account: string;
  readonly what: string;
  /** Absent when it was done. */
  readonly failure?: string;
}

export interface Offboarding {
  readonly person: string;
  /** A client of the user account. */
  readonly iam: IAMClient;
  /** `undefined` when the user is gone already. */
  readonly state: PersonState | undefined;
  readonly roles: readonly ReachableRole[];
  /** A client of a role's account, or why there is none. */
  readonly clientOf: (role: ReachableRole) => IAMClient | string;
  /** End everybody's sessions of the roles. */
  readonly everybody: boolean;
  readonly record: (entry: OffboardEntry) => void;
}

/**
 * Shuts the person out, ends their sessions, then removes what is left, and the user last. A step that fails does not hold up
 * the next, but rights stay until all sessions are ended, for only they tell which roles there were; and the user is deleted only
 * after everything else was done. True when all was done.
 */
export async function runOffboarding(offboarding: Offboarding): Promise<boolean> {
  const { iam, person, state } = offboarding;
  const shut = await takeSteps(offboarding, state === undefined ? [] : shuttingSteps(state));
  const revoked = await revokeAll(offboarding);
  // Read again: what was made between the first reading and the lock is deleted as well.
  const rest = state === undefined ? undefined : await readPerson(iam, person);
  const steps = rest === undefined ? [] : clearingSteps(rest);
  const before = steps.slice(0, -LAST_STEPS).filter((step) => revoked || !tellsRights(step));
  const cleared = await takeSteps(offboarding, before);
  return shut && revoked && cleared ? removeUser(offboarding, steps.slice(-LAST_STEPS)) : false;
}

/** Opening the lock and deleting the user. */
const LAST_STEPS = 2;

/** A user that could not be deleted is locked again: whoever has a session of it waits for just that. */
async function removeUser(offboarding: Offboarding, steps: readonly OffboardStep[]): Promise<boolean> {
  if (await takeSteps(offboarding, steps)) return true;
  if (offboarding.state !== undefined) await takeSteps(offboarding, [lockStep(offboarding.state)]);
  return false;
}

async function takeSteps({ iam, person, record }: Offboarding, steps: readonly OffboardStep[]): Promise<boolean> {
  let all = true;
  for (const step of steps) {
    const taken = async () => isTaken(step, await readPerson(iam, person));
    const failure = await failureOf(() => readBack(() => takeStep(iam, person, step), taken));
    record({ account: "user", what: describeStep(step), ...failure });
    all &&= failure.failure === undefined;
  }
  return all;
}

async function revokeAll({ person, roles, clientOf, everybody, record }: Offboarding): Promise<boolean> {
  let all = true;
  for (const role of roles) {
    const account = role.account.key;
    const client = clientOf(role);
    let what = `end the open sessions of ${role.roleName}`;
    const failure = await failureOf(async () => {
      if (typeof client === "string") throw new Error(client);
      const revoked = await revokeSessions(client, role.roleName, { person, everybody });
      what =
        revoked.kind === "no-role" ? `no role ${role.roleName}, so no sessions` : revokedText(role, revoked.revocation);
    });
    record({ account, what, ...failure });
    all &&= failure.failure === undefined;
  }
  return all;
}

function revokedText({ roleName }: ReachableRole, { person, names = [], before }: Revocation): string {
  const whose = person === undefined ? "everybody's" : "the person's";
  const others = names.length === 0 ? "" : `, and everybody's called ${names.map(quote).join(", ")},`;
  return `end ${whose} sessions of ${roleName}${others} that were issued before ${isoSeconds(before)}`;
}

async function failureOf(work: () => Promise<void>): Promise<{ readonly failure?: string }> {
  try {
    await work();
    return {};
  } catch (error) {
    return { failure: awsProblem(error) };
  }
}
