import { isoSeconds, type Revocation } from "../../iam/revocation";
import { unknown } from "../../known";
import { awsProblem } from "../../live/aws-problem";
import { readBack } from "../../live/read-back";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { readPerson } from "../read-person";
import { revokeSessions } from "../sessions/revoke";
import { clearingSteps, describeStep, lockStep, type OffboardStep, shuttingSteps, tellsRights } from "./offboard-steps";
import type { OffboardPlan } from "./plan-offboarding";
import type { ReachableRole } from "./reachable-roles";
import type { OffboardEntry } from "./record";
import { isTaken } from "./step-taken";
import { takeStep } from "./take-step";

type Report = (entry: OffboardEntry) => void;

/**
 * Shuts the person out, ends their sessions, then removes what is left, and the user last. A step that fails does not hold up
 * the next, but rights stay until all sessions are ended, for only they say which roles there were; and the user is deleted only
 * after everything else was done. True when all was done.
 */
export async function runOffboarding(plan: OffboardPlan, report: Report): Promise<boolean> {
  const { iam, person, state } = plan;
  const shut = await takeSteps(plan, state === undefined ? [] : shuttingSteps(state), report);
  const revoked = await revokeAll(plan, report);
  // Read again: what was made between the first reading and the lock is deleted as well.
  const rest = state === undefined ? undefined : await readPerson(iam, person);
  const steps = rest === undefined ? [] : clearingSteps(rest);
  const before = steps.slice(0, -LAST_STEPS).filter((step) => revoked || !tellsRights(step));
  const cleared = await takeSteps(plan, before, report);
  return shut && revoked && cleared ? removeUser(plan, steps.slice(-LAST_STEPS), report) : false;
}

/** Opening the lock and deleting the user. */
const LAST_STEPS = 2;

/** A user that could not be deleted is locked again: an open session of it could use just that moment. */
async function removeUser(plan: OffboardPlan, steps: readonly OffboardStep[], report: Report): Promise<boolean> {
  if (await takeSteps(plan, steps, report)) return true;
  if (plan.state !== undefined) await takeSteps(plan, [lockStep(plan.state)], report);
  return false;
}

async function takeSteps(
  { iam, person }: OffboardPlan,
  steps: readonly OffboardStep[],
  report: Report,
): Promise<boolean> {
  let all = true;
  for (const step of steps) {
    const taken = async () => isTaken(step, await readPerson(iam, person));
    const failure = await failureOf(() => readBack(() => takeStep(iam, person, step), taken));
    report({ account: "user", what: describeStep(step), failure });
    all &&= failure === undefined;
  }
  return all;
}

async function revokeAll(
  { person, reachable, connections, everybody }: OffboardPlan,
  report: Report,
): Promise<boolean> {
  let all = true;
  for (const role of reachable.roles) {
    const account = role.account.key;
    const connection = connections.get(account) ?? unknown("it was not opened");
    let what = `end the open sessions of ${role.roleName}`;
    const failure = await failureOf(async () => {
      if (!connection.known) throw new Refusal(connection.reason);
      const revoked = await revokeSessions(connection.value, role.roleName, { person, everybody });
      what =
        revoked.kind === "no-role" ? `no role ${role.roleName}, so no sessions` : revokedText(role, revoked.revocation);
    });
    report({ account, what, failure });
    all &&= failure === undefined;
  }
  return all;
}

function revokedText({ roleName }: ReachableRole, { person, names = [], before }: Revocation): string {
  const whose = person === undefined ? "everybody's" : "the person's";
  const others = names.length === 0 ? "" : `, and everybody's called ${names.map(quote).join(", ")},`;
  return `end ${whose} sessions of ${roleName}${others} that were issued before ${isoSeconds(before)}`;
}

/** Also of a bug: whatever goes wrong with one step, the next takes more access away. */
async function failureOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return awsProblem(error);
  }
}
