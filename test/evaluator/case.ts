import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Policies, Principal, Request, Verdict } from "../../modules/evaluator/evaluate";
import { type CompiledPolicy, compilePolicy, missingPolicy } from "../../modules/evaluator/policy";

type Json = Readonly<Record<string, unknown>>;
type Statements = Json | readonly Json[];

/**
 * One rule of IAM's documentation, seen from one side. Statements are IAM's own with shorter defaults: Allow, every action,
 * and outside a resource's policy every resource. `documents` are taken as they are.
 */
export interface Case {
  readonly name: string;
  /** Title of the page of AWS's documentation. */
  readonly source: string;
  readonly expected: Verdict;
  /** Part of a reason that the decision must give. */
  readonly why?: string;
  readonly principal?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly resourceAccount?: string;
  readonly context?: Request["context"];
  readonly version?: string;
  /** Short for an identity statement that allows everything under this condition. */
  readonly condition?: Json;
  readonly identity?: Statements;
  readonly boundary?: Statements;
  readonly session?: Statements;
  readonly policy?: Statements;
  readonly endpoint?: Statements;
  readonly passes?: Request["passes"];
  readonly scps?: readonly Statements[];
  readonly rcps?: readonly Statements[];
  readonly documents?: readonly unknown[];
  readonly missing?: "identity" | "boundary" | "policy";
}

const KEYS = new Set(
  (
    "name source expected why principal action resource resourceAccount context version condition identity boundary " +
    "session policy endpoint passes scps rcps documents missing"
  ).split(" "),
);
const VERDICTS = ["allowed", "explicitly denied", "implicitly denied", "unknown"];

/** Every case of a file; a file or case that could hide something is refused. */
export function readCases(file: string): readonly Case[] {
  const cases = JSON.parse(readFileSync(join(__dirname, "cases", file), "utf8")) as readonly Case[];
  if (cases.length === 0) throw new Error(`${file} has no cases`);
  for (const each of cases) {
    const stranger = Object.keys(each).find((key) => !KEYS.has(key));
    if (stranger) throw new Error(`${file}: ${each.name}: unknown key ${stranger}`);
    if (!each.source || !VERDICTS.includes(each.expected))
      throw new Error(`${file}: ${each.name}: source and expected`);
  }
  return cases;
}

const PRINCIPALS: Readonly<Record<string, Principal>> = {
  user: { kind: "user", arn: "arn:aws:iam::111111111111:user/people/ann" },
  stranger: { kind: "user", arn: "arn:aws:iam::999999999999:user/eve" },
  session: {
    kind: "role-session",
    arn: "arn:aws:sts::111111111111:assumed-role/operator/ann",
    roleArn: "arn:aws:iam::111111111111:role/tier/operator",
  },
  "service-linked": {
    kind: "role-session",
    arn: "arn:aws:sts::111111111111:assumed-role/AWSServiceRoleForSample/x",
    roleArn: "arn:aws:iam::111111111111:role/aws-service-role/sample.amazonaws.com/AWSServiceRoleForSample",
  },
  "service-linked without path": {
    kind: "role-session",
    arn: "arn:aws:sts::111111111111:assumed-role/AWSServiceRoleForSample/x",
  },
  "session without path": { kind: "role-session", arn: "arn:aws:sts::111111111111:assumed-role/operator/ann" },
  root: { kind: "root", arn: "arn:aws:iam::111111111111:root" },
  service: { kind: "service", arn: "ec2.amazonaws.com" },
  anonymous: { kind: "anonymous", arn: "" },
  federated: { kind: "federated", arn: "arn:aws:iam::111111111111:oidc-provider/idp.example.org" },
};

export function requestOf({ principal = "user", action, resource, resourceAccount, context, passes }: Case): Request {
  const known = PRINCIPALS[principal];
  if (!known) throw new Error(`unknown principal ${principal}`);
  return {
    principal: known,
    action: action ?? "s3:GetObject",
    resource: resource ?? "arn:aws:s3:::bucket/key",
    ...(resourceAccount ? { resourceAccount } : {}),
    ...(context ? { context } : {}),
    ...(passes ? { passes } : {}),
  };
}

/** `compile` where the evaluator is another one, with other data. */
export function policiesOf(each: Case, compileDocument: typeof compilePolicy = compilePolicy): Policies {
  const compile = (name: string, statements: Statements): CompiledPolicy => {
    const list = (Array.isArray(statements) ? statements : [statements]) as readonly Json[];
    const defaults = { Effect: "Allow", ...(name === "policy" ? {} : { Resource: "*" }) };
    const filled = list.map((statement) => fill({ ...defaults, ...statement }));
    return compileDocument(name, { Version: each.version ?? "2012-10-17", Statement: filled });
  };
  const level = (name: string) => (statements: Statements) =>
    (Array.isArray(statements) ? statements : [statements]).map((one: Json) => compile(name, one));
  const statements = each.condition ? { Condition: each.condition } : each.identity;
  return {
    identity: [
      ...(statements ? [compile("identity", statements)] : []),
      ...(each.documents ?? []).map((document, at) => compileDocument(`document ${at}`, document)),
      ...(each.missing === "identity" ? [missingPolicy("managed")] : []),
    ],
    ...(each.boundary ? { boundary: compile("boundary", each.boundary) } : {}),
    ...(each.missing === "boundary" ? { boundary: missingPolicy("managed") } : {}),
    ...(each.session ? { session: [compile("session", each.session)] } : {}),
    ...(each.policy ? { resource: compile("policy", each.policy) } : {}),
    ...(each.endpoint ? { endpoint: compile("endpoint", each.endpoint) } : {}),
    ...(each.missing === "policy" ? { resource: missingPolicy("managed") } : {}),
    ...(each.scps ? { scps: each.scps.map(level("scp")) } : {}),
    ...(each.rcps ? { rcps: each.rcps.map(level("rcp")) } : {}),
  };
}

/** Defaults stand back where the negated element is written. */
function fill(statement: Json): Json {
  const { Resource, ...rest } = statement;
  return {
    ...rest,
    ...("NotAction" in statement || "Action" in statement ? {} : { Action: "*" }),
    ...("NotResource" in statement || Resource === undefined ? {} : { Resource }),
  };
}
