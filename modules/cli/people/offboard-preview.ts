import { clearingSteps, describeStep, shuttingSteps } from "../../people/offboard-steps";
import type { OffboardEntry } from "../../people/run-offboarding";
import { quote } from "../../text";
import type { OffboardPlan } from "./prepare-offboarding";

/** What would be done, in the order it will be; `failure` where it is clear already that it cannot be done. */
export function intendedSteps({
  inRoster,
  state,
  reachable,
  unreachable,
  everybody,
  lone,
}: OffboardPlan): readonly OffboardEntry[] {
  const inUser = (what: string): OffboardEntry => ({ account: "user", what });
  const sessions = reachable.roles.map(({ account, roleName, sessionNames }): OffboardEntry => {
    const failure = unreachable.get(account.key);
    const together = sessionNames.length === 0 ? "" : `, and EVERYBODY's called ${sessionNames.map(quote).join(", ")}`;
    const what = everybody
      ? `end EVERYBODY's open sessions of ${roleName}`
      : `end their open sessions of ${roleName}${together}`;
    return { account: account.key, what, ...(failure === undefined ? {} : { failure }) };
  });
  return [
    ...(state === undefined ? [] : shuttingSteps(state).map((step) => inUser(describeStep(step)))),
    ...sessions,
    ...(state === undefined
      ? [inUser("the user is gone already")]
      : clearingSteps(state).map((step) => inUser(describeStep(step)))),
    {
      account: "roster",
      what: inRoster ? "remove the person" : "the person is not in it",
      ...(lone.length === 0
        ? {}
        : { failure: `it would have no administrator of ${lone.join(", ")}; give it another first` }),
    },
  ];
}

/** The same for a person who has to say yes. */
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
