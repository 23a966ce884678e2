import { accountOf, iamArn, inPartition } from "../../iam/arn";
import type { Catalogue } from "../../iam/catalogue";
import type { AccessClaims, ClaimedRole } from "../claims";
import { CLOSED_PLACES, OPERATOR_MUST, type PromisedRequest, UNBOUND } from "../promises/promises";
import { operatorBoundaryArn } from "./boundary";
import { type Breach, type CheckResult, permits } from "./breach";
import type { CompiledAccount } from "./compiled-account";
import { RoleQuestion } from "./role-question";
import { sampleResources } from "./sample-resources";

/** Operators make roles and policies for applications and change no other identity; tiers of one's own change none elsewhere either. */
export function checkIdentities(
  claims: AccessClaims,
  accounts: ReadonlyMap<string, CompiledAccount>,
  catalogue: Catalogue,
  now: number,
): CheckResult {
  const changes = catalogue.actions
    .filter(({ name, level }) => ASSUMING.has(name) || (name.startsWith("iam:") && level !== "R" && level !== "L"))
    .filter(({ name }) => !UNBOUND.has(name))
    .map(({ name }) => name);
  const breaches: Breach[] = [];
  let questions = 0;
  for (const role of claims.roles) {
    const account = accounts.get(role.accountId);
    const live = account?.role(role.tier);
    if (!account || !live || role.promise === "administrator") continue;
    const question = new RoleQuestion(role, live, now);
    if (role.promise === "operator")
      breaches.push(...OPERATOR_MUST.flatMap((request) => must(question, forRole(request, role))));
    const open: Breach[] = [];
    const application = new RegExp(`^${iamArn(accountOf(role), "")}(role|policy|instance-profile)/application/`);
    const written = sampleResources(account.textOf(live.documents)).filter((place) => !application.test(place));
    for (const place of [...CLOSED_PLACES.map((each) => fill(each, role)), ...written])
      if (open.length < TOLD) open.push(...closed(question, changes, place));
    breaches.push(...open);
    questions += question.questions;
  }
  return { title: "operators change the identities of applications, and no others", questions, breaches };
}

/** Breaches of one role that are reported one by one. */
const TOLD = 20;

/** The calls of STS by which a session becomes somebody else. */
const ASSUMING = new Set(["sts:AssumeRole", "sts:AssumeRoot"]);

function must(question: RoleQuestion, { action, resource, context }: PromisedRequest): readonly Breach[] {
  if (question.ask(action, resource, context) === "allowed") return [];
  const cure = "find the statement that prevents it";
  return [
    question.breach(
      "operator-may",
      { action, resource, ...(context ? { context } : {}) },
      "cannot do what operators do",
      cure,
    ),
  ];
}

function closed(question: RoleQuestion, changes: readonly string[], place: string): readonly Breach[] {
  const boundary = { "iam:PermissionsBoundary": operatorBoundaryArn(accountOf(question.role)) };
  return changes
    .filter((action) => permits(question.ask(action, place, boundary)))
    .slice(0, TOLD)
    .map((action) => {
      const request = { action, resource: place, context: boundary };
      return question.breach(
        "identity-closed",
        request,
        "may change an identity that is not an application's",
        "narrow what allows it",
      );
    });
}

/** The request in the role's account: `{account}` and `{boundary}` filled in. */
export function forRole(step: PromisedRequest, role: ClaimedRole): PromisedRequest {
  const context = Object.fromEntries(
    Object.entries(step.context ?? {}).map(([key, value]) => [key, fill(value, role)]),
  );
  return { action: step.action, resource: fill(step.resource, role), context };
}

function fill(text: string, role: ClaimedRole): string {
  return inPartition(role.partition, text)
    .replaceAll("{account}", role.accountId)
    .replaceAll("{boundary}", operatorBoundaryArn(accountOf(role)));
}
