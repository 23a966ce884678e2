import { type AccountRef, iamArn, roleArn } from "../iam/arn";
import { documentChars, type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document";
import { QUOTAS } from "../iam/quotas";
import { DENIED_FAMILIES } from "./denied-families";

/** Where a boundary is, and where the roles and policies are that it lets operators make. */
export interface BoundaryPlace {
  readonly account: AccountRef;
  readonly boundaryArn: string;
  /** Path of the roles, policies and instance profiles of applications; begins and ends with `/`. */
  readonly applicationPath: string;
}

/**
 * The most an operator can do, and any role an operator makes: one managed policy that bounds both, so that nobody climbs
 * through a role of their own. It carries every denial itself, because an application's role has no other policy of Rolecall's.
 *
 * What `NotAction` leaves out and nothing allows again is denied whatever else is attached, actions AWS adds later included.
 * IAM is open only at the application path: roles only with this boundary (without one the condition key is absent, and
 * nothing is allowed), nothing for users, groups, providers or anything under another path. Nothing allows taking a boundary
 * off. Sources: IAM User Guide, "Permissions boundaries for IAM entities"; Service Authorization Reference for IAM (2026-09).
 */
export function operatorBoundary(place: BoundaryPlace): PolicyDocument {
  const whole = boundaryOf(place);
  // ARNs of aws-us-gov are longer; ids of statements decide nothing, so they go first.
  return documentChars(whole) <= QUOTAS.managedPolicyChars ? whole : withoutIds(whole);
}

function withoutIds({ Statement: statements }: PolicyDocument): PolicyDocument {
  return policyDocument(...statements.map(({ Sid: _, ...rest }) => rest));
}

function boundaryOf(place: BoundaryPlace): PolicyDocument {
  return policyDocument(
    { Sid: "NearlyEverything", Effect: "Allow", NotAction: CLOSED, Resource: ["*"] },
    { Sid: "SeeAndLink", Effect: "Allow", Action: STILL_OPEN, Resource: ["*"] },
    ...applicationStatements(place),
    ...Object.entries(DENIED_FAMILIES).map(
      ([sid, { actions }]): Statement => ({ Sid: sid, Effect: "Deny", Action: actions, Resource: ["*"] }),
    ),
  );
}

const CLOSED = ["iam", ...Object.values(DENIED_FAMILIES).flatMap(({ services }) => services)].map(
  (service) => `${service}:*`,
);

/** Reading, and making service-linked roles: their rights and trust are AWS's own, and many services need one. */
const STILL_OPEN = [
  ...Object.values(DENIED_FAMILIES).flatMap(({ readable }) => readable),
  "iam:CreateServiceLinkedRole",
  "iam:Generate*",
  "iam:Get*",
  "iam:List*",
  "iam:Simulate*",
];

/** Those for which IAM tells which boundary the role has or is about to get. */
const BOUNDED_ROLE_ACTIONS = [
  "iam:*RolePolicy",
  "iam:CreateRole",
  "iam:DeleteRole",
  "iam:PutRolePermissionsBoundary",
  "iam:UpdateRole*",
];

const APPLICATION_ACTIONS = [
  "iam:*InstanceProfile",
  "iam:CreatePolicy*",
  "iam:DeletePolicy*",
  "iam:PassRole",
  "iam:SetDefaultPolicyVersion",
  "iam:TagPolicy",
  "iam:TagRole",
  "iam:UntagPolicy",
  "iam:UntagRole",
];

function applicationStatements({ account, boundaryArn, applicationPath }: BoundaryPlace): readonly Statement[] {
  const roles = roleArn(account, applicationPath, "*");
  const kinds = ["instance-profile", "policy", "role"];
  return [
    {
      Sid: "BoundRoles",
      Effect: "Allow",
      Action: BOUNDED_ROLE_ACTIONS,
      Resource: [roles],
      Condition: { StringEquals: { "iam:PermissionsBoundary": boundaryArn } },
    },
    {
      Sid: "Applications",
      Effect: "Allow",
      Action: APPLICATION_ACTIONS,
      Resource: kinds.map((kind) => iamArn(account, `${kind}${applicationPath}*`)),
    },
    // A deny, not just left out: where a trust policy names a session or everybody, leaving out would not hold.
    { Sid: "OnlyTheirRoles", Effect: "Deny", Action: ["sts:AssumeRole"], NotResource: [roles] },
  ];
}
