import type { AccessClaims } from "../claims";
import { ESCALATIONS, type Escalation, type PromisedRequest } from "../promises/promises";
import { type Breach, type CheckResult, permits } from "./breach";
import { forRole } from "./check-identities";
import type { CompiledAccount } from "./compiled-account";
import { RoleQuestion } from "./role-question";

/** What became of the known paths for the roles that must not climb. */
export interface EscalationsChecked extends CheckResult {
  /** Names of paths that are closed for every role. */
  readonly covered: readonly string[];
  readonly accepted: readonly { readonly name: string; readonly reason: string }[];
}

/** No known sequence of calls gives an operator, a spectator or a tier of one's own more than it has. */
export function checkEscalations(
  claims: AccessClaims,
  accounts: ReadonlyMap<string, CompiledAccount>,
  now: number,
): EscalationsChecked {
  const breaches: Breach[] = [];
  const open = new Set<string>();
  let questions = 0;
  for (const role of claims.roles) {
    const live = accounts.get(role.accountId)?.role(role.tier);
    if (!live || role.promise === "administrator") continue;
    const question = new RoleQuestion(role, live, now);
    for (const path of ESCALATIONS) {
      const steps = path.steps.map((step) => forRole(step, role));
      const closed = steps.some(({ action, resource, context }) => !permits(question.ask(action, resource, context)));
      if (closed) continue;
      open.add(path.name);
      if (path.accepted === undefined || role.promise === "spectator") breaches.push(breachOf(question, path, steps));
    }
    questions += question.questions;
  }
  return {
    title: "no known path leads to more rights than a tier has",
    questions,
    breaches,
    covered: ESCALATIONS.filter(({ name }) => !open.has(name)).map(({ name }) => name),
    accepted: ESCALATIONS.flatMap(({ name, accepted }) =>
      accepted !== undefined && open.has(name) ? [{ name, reason: accepted }] : [],
    ),
  };
}

function breachOf(question: RoleQuestion, path: Escalation, steps: readonly PromisedRequest[]): Breach {
  const [first = { action: "", resource: "" }, ...others] = steps;
  const rest = others.length > 0 ? `, with ${others.map((step) => step.action).join(", ")}` : "";
  const cure = "deny one of its requests, in the boundary where there is one";
  return question.breach("no-escalation", first, `can climb: ${path.name}${rest}`, cure);
}
