import { type NamedPolicy, policyDocument } from "../iam/policy-document";

/** What a tier's role may do: documents written into the role, and managed policies attached to it. */
export interface TierPermissions {
  /** Whether the role carries the operator boundary. */
  readonly bounded: boolean;
  readonly inlinePolicies: readonly NamedPolicy[];
  readonly policyArns: readonly string[];
}

/** Permissions of the built-in tiers; `undefined` for a name that is none. */
export function builtInPermissions(tier: string): TierPermissions | undefined {
  switch (tier) {
    case "administrator":
      return ADMINISTRATOR;
    case "operator":
      return OPERATOR;
    case "spectator":
      return SPECTATOR;
    default:
      return undefined;
  }
}

const ADMINISTRATOR: TierPermissions = {
  bounded: false,
  inlinePolicies: [
    {
      name: "administrator",
      document: policyDocument({ Sid: "Everything", Effect: "Allow", Action: ["*"], Resource: ["*"] }),
    },
  ],
  policyArns: [],
};

/** Everything, as far as the boundary goes: what an operator may not do stands there alone, for applications' roles as well. */
const OPERATOR: TierPermissions = {
  bounded: true,
  inlinePolicies: [
    {
      name: "operator",
      document: policyDocument({ Sid: "UpToTheBoundary", Effect: "Allow", Action: ["*"], Resource: ["*"] }),
    },
  ],
  policyArns: [],
};

/** AWS's metadata-only policy: no objects, items, messages or parameters. */
const SPECTATOR: TierPermissions = {
  bounded: false,
  inlinePolicies: [],
  policyArns: ["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"],
};
