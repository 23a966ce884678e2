import { PROTECTED_PATH } from "../../access/names";
import { quote } from "../../text";
import type { OffboardPlan } from "./plan-offboarding";

/** What remains for people to do after an offboarding. */
export function offboardNotes(plan: OffboardPlan, complete: boolean): readonly string[] {
  return [
    ...(complete
      ? []
      : ["not complete: fix what failed and run the same command again; it continues where this one stopped"]),
    ...finishNotes(plan),
    ...(complete && plan.inRoster
      ? ["commit the roster, and apply the user account: only Terraform's state changes there"]
      : []),
    ...plan.reachable.elsewhere.map(
      (arn) => `the person's policies also named ${quote(arn)}; end sessions there by hand`,
    ),
    "what the person made while signed in stays: users, keys and roles that an administrator made, sessions of roles that were taken from a role, files; see CloudTrail",
  ];
}

/** The denials of sessions have to stay until no session can live any more. */
function finishNotes({ reachable }: OffboardPlan): readonly string[] {
  if (reachable.roles.length === 0) return [];
  const accounts = [...new Set(reachable.roles.map(({ account }) => account.key))];
  const managed = reachable.roles.filter(({ arn }) => arn.includes(`:role${PROTECTED_PATH}`));
  const held = [...new Set(managed.map(({ account }) => account.key))];
  const apply = held.length === 0 ? "" : `rolecall apply refuses to change ${held.join(", ")}, and `;
  return [
    `in 12 hours, when no session can still be valid, run rolecall offboard --finish; until then ${apply}apply nothing with other tools in ${accounts.join(", ")}: Terraform would remove the denial, and open sessions would work again`,
  ];
}
