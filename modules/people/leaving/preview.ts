import { quote } from "../../text";
import { clearingSteps, describeStep, shuttingSteps } from "./offboard-steps";
import type { OffboardPlan } from "./plan-offboarding";
import type { OffboardEntry } from "./record";

/** What would be done, in its order; with `failure` where it is clear already that it cannot be done. */
export function intendedSteps(plan: OffboardPlan): readonly OffboardEntry[] {
  const { state } = plan;
  const inUser = (what: string): OffboardEntry => ({ account: "user", what });
  return [
    ...(state === undefined ? [] : shuttingSteps(state).map((step) => inUser(describeStep(step)))),
    ...sessionSteps(plan),
    ...(state === undefined
      ? [inUser("the user is already deleted")]
      : clearingSteps(state).map((step) => inUser(describeStep(step)))),
    rosterStep(plan),
  ];
}

function sessionSteps({ reachable, connections, everybody }: OffboardPlan): readonly OffboardEntry[] {
  return reachable.roles.map(({ account, roleName, sessionNames }) => {
    const connection = connections.get(account.key);
    const together = sessionNames.length === 0 ? "" : `, and EVERYBODY's called ${sessionNames.map(quote).join(", ")}`;
    const what = everybody
      ? `end EVERYBODY's open sessions of ${roleName}`
      : `end their open sessions of ${roleName}${together}`;
    return connection === undefined || connection.known
      ? { account: account.key, what }
      : { account: account.key, what, failure: connection.reason };
  });
}

function rosterStep({ inRoster, lone }: OffboardPlan): OffboardEntry {
  const what = inRoster ? "remove the person" : "the person is not in it";
  if (lone.length === 0) return { account: "roster", what };
  const failure = `${lone.join(", ")} would have no administrator; make another person an administrator first`;
  return { account: "roster", what, failure };
}

/** The same for a person who has to agree. */
export function previewOf(plan: OffboardPlan): string {
  const lines = intendedSteps(plan).map(
    ({ account, what, failure }) =>
      `  ${account}: ${what}${failure === undefined ? "" : ` - NOT POSSIBLE: ${failure}`}\n`,
  );
  const own = "Where a role's trust does not name sessions after people, everybody's sessions of it end.\n";
  const sessions = plan.reachable.roles.length === 0 || plan.everybody ? "" : own;
  const others = plan.reachable.elsewhere.map((arn) => `  not from here: sessions of ${quote(arn)}\n`);
  return `offboarding ${quote(plan.person)}, by ${quote(plan.by)}\n\n${lines.join("")}${others.join("")}${sessions}\n`;
}
