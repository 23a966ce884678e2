import { anonymousPrincipal, runSimulation } from "@cloud-copilot/iam-simulate";
import { type Decision, evaluate, type Policies, type Request, type Verdict } from "../../modules/evaluator/evaluate";
import { compilePolicy } from "../../modules/evaluator/policy";
import { FULL } from "./generate/documents";
import type { Question } from "./generate/question";

const VERDICTS: Readonly<Record<string, Verdict>> = {
  Allowed: "allowed",
  ExplicitlyDenied: "explicitly denied",
  ImplicitlyDenied: "implicitly denied",
};

/** What the oracle says; an error when it refuses the question or ignores a part of it. */
export async function askOracle(question: Question): Promise<Verdict | Error> {
  const { principal, action, resource, resourceAccount, context, identity, boundary, session, policy } = question;
  const result = await runSimulation(
    {
      request: {
        principal: principal.kind === "anonymous" ? anonymousPrincipal : principal.arn,
        action,
        resource: { resource, accountId: resourceAccount },
        contextVariables: Object.fromEntries(
          // An empty list tells the evaluator that a key is absent; the oracle takes what it is not told for absent.
          Object.entries(context)
            .filter(([, value]) => value.length > 0 || typeof value === "string")
            .map(([key, value]) => [key, typeof value === "string" ? value : [...value]]),
        ),
      },
      identityPolicies: identity.map((document, at) => ({ name: `identity ${at}`, policy: document })),
      serviceControlPolicies: levels(question.scps ?? []),
      resourceControlPolicies: levels(question.rcps ?? []),
      ...(policy ? { resourcePolicy: policy } : {}),
      ...(session ? { sessionPolicy: session } : {}),
      ...(boundary ? { permissionBoundaryPolicies: [{ name: "boundary", policy: boundary }] } : {}),
    },
    {},
  );
  if (result.resultType === "error") return new Error(JSON.stringify(result.errors));
  if (result.resultType !== "single") return new Error(result.resultType);
  const ignored = result.result.ignoredContextKeys ?? [];
  if (ignored.length > 0) return new Error(`ignored ${ignored.join(", ")}`);
  return VERDICTS[result.overallResult] ?? new Error(result.overallResult);
}

function levels(chain: NonNullable<Question["scps"]>) {
  return chain.map((documents, level) => ({
    orgIdentifier: `level ${level}`,
    policies: documents.map((policy, at) => ({ name: `policy ${level}.${at}`, policy })),
  }));
}

const FULL_RCP = { ...FULL, Statement: { ...FULL.Statement, Principal: "*" } };

export function requestFor({ principal, action, resource, resourceAccount, context }: Question): Request {
  return { principal, action, resource, resourceAccount, context };
}

/** AWS attaches RCPFullAWSAccess to every level, which the oracle adds by itself. */
export function policiesFor({ identity, boundary, session, policy, scps, rcps }: Question): Policies {
  return {
    identity: identity.map((document, at) => compilePolicy(`identity ${at}`, document)),
    ...(boundary ? { boundary: compilePolicy("boundary", boundary) } : {}),
    ...(session ? { session: [compilePolicy("session", session)] } : {}),
    ...(policy ? { resource: compilePolicy("policy", policy) } : {}),
    ...(scps ? { scps: scps.map((level) => level.map((document) => compilePolicy("scp", document))) } : {}),
    ...(rcps ? { rcps: rcps.map((level) => [FULL_RCP, ...level].map((each) => compilePolicy("rcp", each))) } : {}),
  };
}

export function askEvaluator(question: Question): Decision {
  return evaluate(requestFor(question), policiesFor(question));
}
