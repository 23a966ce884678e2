import { type NamedPolicy, policyDocument } from "../iam/policy-document";
import audit from "./denied/audit.json";
import cloudhsm from "./denied/cloudhsm.json";
import escalation from "./denied/escalation.json";
import organization from "./denied/organization.json";
import purchases from "./denied/purchases.json";

/** What a tier's role may do: documents written into the role, and managed policies attached to it. */
export interface TierPermissions {
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
  inlinePolicies: [
    {
      name: "administrator",
      document: policyDocument({ Sid: "Everything", Effect: "Allow", Action: ["*"], Resource: ["*"] }),
    },
  ],
  policyArns: [],
};

/**
 * Nearly everything. IAM and role assumption are not allowed at all (reading apart), so there is no way to more rights
 * through them; each denied family is a statement of its own and holds whatever else is attached later.
 */
const OPERATOR: TierPermissions = {
  inlinePolicies: [
    {
      name: "operator",
      document: policyDocument(
        {
          Sid: "NearlyEverything",
          Effect: "Allow",
          NotAction: ["iam:*", "sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
          Resource: ["*"],
        },
        {
          Sid: "SeeIam",
          Effect: "Allow",
          Action: ["iam:Generate*", "iam:Get*", "iam:List*", "iam:Simulate*"],
          Resource: ["*"],
        },
        { Sid: "ServiceLinkedRoles", Effect: "Allow", Action: ["iam:CreateServiceLinkedRole"], Resource: ["*"] },
        { Sid: "NoPurchases", Effect: "Deny", Action: purchases.actions, Resource: ["*"] },
        { Sid: "NoOrganization", Effect: "Deny", Action: organization.actions, Resource: ["*"] },
        { Sid: "NoCloudHsm", Effect: "Deny", Action: cloudhsm.actions, Resource: ["*"] },
        { Sid: "NoAuditTampering", Effect: "Deny", Action: audit.actions, Resource: ["*"] },
        { Sid: "NoNewTrust", Effect: "Deny", Action: escalation.actions, Resource: ["*"] },
      ),
    },
  ],
  policyArns: [],
};

/** AWS's metadata-only policy: no objects, items, messages or parameters. */
const SPECTATOR: TierPermissions = {
  inlinePolicies: [],
  policyArns: ["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"],
};
