import { clearingSteps, describeStep, shuttingSteps } from "../modules/live/people/offboard-steps";
import { quote } from "../modules/text";
import type { OffboardPlan } from "./prepare-offboarding";

/** What would be removed, in the order it will be: text for a person who has to say yes. */
export function previewOf({ person, by, inRoster, state, reachable, unreachable }: OffboardPlan): string {
  const steps = state === undefined ? [] : [...shuttingSteps(state), ...clearingSteps(state)];
  const shut = state === undefined ? 0 : shuttingSteps(state).length;
  const sessions = reachable.roles.map(({ account, roleName }) => {
    const reason = unreachable.get(account.key);
    return `${account.key}: end their open sessions of ${roleName}${reason === undefined ? "" : ` - NOT POSSIBLE: ${reason}`}`;
  });
  const user = steps.map((step) => `user: ${describeStep(step)}`);
  const lines = [
    ...user.slice(0, shut),
    ...sessions,
    ...user.slice(shut),
    ...(state === undefined ? ["user: the user is gone already"] : []),
    inRoster ? "roster: remove the person" : "roster: the person is not in it",
  ];
  const others = reachable.elsewhere.map((arn) => `  not from here: sessions of ${quote(arn)}\n`);
  return `offboarding ${quote(person)}, by ${quote(by)}\n\n${lines.map((line) => `  ${line}\n`).join("")}${others.join("")}\n`;
}
