import type { PolicyDocument } from "../../modules/iam/policy-document";
import { type Request, verdictOf } from "../../modules/evaluator/evaluate";
import { type CompiledPolicy, compilePolicy } from "../../modules/evaluator/policy";
import type { Verdict } from "../../modules/evaluator/decide";

export const ACCOUNT = "222222222222";
export const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/rolecall/operator-boundary`;

/** The most open trust there is for the asking session: named itself, so that no permission of its own is needed. */
export const TRUST = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: [`arn:aws:iam::${ACCOUNT}:root`, `arn:aws:sts::${ACCOUNT}:assumed-role/sample/ann`] },
      Action: "sts:AssumeRole",
    },
  ],
};

export interface Question {
  readonly action: string;
  readonly resource?: string;
  readonly context?: Readonly<Record<string, string>>;
}

export interface Role {
  readonly identity: readonly CompiledPolicy[];
  readonly boundary?: CompiledPolicy;
}

export function compile(document: PolicyDocument): CompiledPolicy {
  return compilePolicy("test", document);
}

/** What a session of a role may do; a role it asks to take trusts it. `{account}` and `{boundary}` are filled in. */
export function ask({ identity, boundary }: Role, { action, resource, context }: Question): Verdict {
  const request: Request = {
    principal: {
      kind: "role-session",
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/sample/ann`,
      roleArn: `arn:aws:iam::${ACCOUNT}:role/sample`,
    },
    action,
    resource: fill(resource ?? "*"),
    context: Object.fromEntries(Object.entries(context ?? {}).map(([key, value]) => [key, fill(value)])),
  };
  const resourcePolicy = action === "sts:AssumeRole" ? { resource: compilePolicy("trust", TRUST) } : {};
  return verdictOf(request, { identity, ...(boundary === undefined ? {} : { boundary }), ...resourcePolicy });
}

export function fill(text: string): string {
  return text.replaceAll("{account}", ACCOUNT).replaceAll("{boundary}", BOUNDARY);
}
