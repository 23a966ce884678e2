import type { Principal, Request } from "../modules/evaluator/evaluate";

type Json = Readonly<Record<string, unknown>>;

/** Plain documents and the requests that are asked of them. */
export interface CaseSet {
  readonly what: string;
  readonly identity: readonly Json[];
  readonly boundary?: Json;
  readonly resource?: Json;
  readonly scps?: readonly (readonly Json[])[];
  readonly requests: readonly Request[];
}

const USERS = "111111111111";
const WORK = ["222222222222", "333333333333", "444444444444"];
const TIERS = ["administrator", "operator", "spectator"];
const allow = (rest: Json): Json => ({ Effect: "Allow", Resource: "*", ...rest });
const document = (...Statement: readonly Json[]): Json => ({ Version: "2012-10-17", Statement });

const ROLES = WORK.flatMap((account) => TIERS.map((tier) => `arn:aws:iam::${account}:role/tier/${tier}`));
const MFA: readonly NonNullable<Request["context"]>[] = [
  {},
  { "aws:MultiFactorAuthPresent": "false" },
  { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "60" },
  { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "3600" },
];

const OWN = ["arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::*:user/*/${aws:username}"];
const SELF_SERVICE = document(
  allow({ Action: ["iam:ChangePassword", "iam:GetUser", "iam:*AccessKey*", "iam:*MFADevice*"], Resource: OWN }),
  allow({ Action: ["iam:CreateVirtualMFADevice", "iam:DeleteVirtualMFADevice"], Resource: "arn:aws:iam::*:mfa/*" }),
  {
    Effect: "Deny",
    NotAction: [
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:GetUser",
      "iam:ListMFADevices",
      "sts:GetSessionToken",
    ],
    Resource: "*",
    Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
  },
);

function user(name: string): Principal {
  return { kind: "user", arn: `arn:aws:iam::${USERS}:user/people/${name}` };
}

/** What both sides know about the caller: the oracle derives nothing. */
function keysOf({ kind, arn, roleArn }: Principal): NonNullable<Request["context"]> {
  if (kind !== "user") return { "aws:PrincipalArn": roleArn ?? arn };
  return { "aws:PrincipalArn": arn, "aws:username": arn.slice(arn.lastIndexOf("/") + 1) };
}

/** A person who may assume half of the roles, asking for each with and without MFA. */
const ASSUME: CaseSet = {
  what: "a person assumes a role",
  identity: [
    document(allow({ Action: "sts:AssumeRole", Resource: ROLES.filter((_, at) => at % 2 === 0) })),
    SELF_SERVICE,
  ],
  resource: document({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${USERS}:root` },
    Action: "sts:AssumeRole",
    Condition: {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
    },
  }),
  requests: ROLES.flatMap((resource) =>
    MFA.map((context) => ({
      principal: user("ann"),
      action: "sts:AssumeRole",
      resource,
      context: { ...keysOf(user("ann")), ...context },
    })),
  ),
};

/** A person's own keys and devices, and those of others. */
const ENROL: CaseSet = {
  what: "a person manages keys",
  identity: [SELF_SERVICE],
  requests: ["ann", "joann", "bob"].flatMap((name) =>
    ["iam:CreateAccessKey", "iam:GetUser", "iam:DeactivateMFADevice", "iam:TagUser"].flatMap((action) =>
      MFA.map((context) => ({
        principal: user("ann"),
        action,
        resource: `arn:aws:iam::${USERS}:user/people/${name}`,
        context: { ...keysOf(user("ann")), ...context },
      })),
    ),
  ),
};

/** As long as an operator's list of denials is: purchases, the organization, audit and identities. */
const FORBIDDEN = `
  ec2:Purchase* ec2:AcceptReservedInstances* ec2:ModifyReservedInstances ec2:CreateCapacityReservation* ec2:AllocateHosts
  rds:Purchase* elasticache:Purchase* memorydb:Purchase* redshift:Purchase* redshift:AcceptReserved* redshift-serverless:CreateReservation
  es:Purchase* dynamodb:Purchase* savingsplans:* bedrock:CreateProvisionedModelThroughput bedrock:CreateFoundationModelAgreement
  sagemaker:CreateTrainingPlan sagemaker:CreateReservedCapacity athena:CreateCapacityReservation aws-marketplace:Subscribe
  aws-marketplace:Accept* aws-marketplace:Create* route53domains:RegisterDomain route53domains:RenewDomain route53domains:Transfer*
  route53domains:DeleteDomain shield:CreateSubscription shield:UpdateSubscription supportplans:* snowball:Create* outposts:CreateOrder
  directconnect:CreateConnection medialive:PurchaseOffering glacier:Purchase* glacier:*VaultLock s3:PutObjectRetention
  s3:PutObjectLegalHold s3:PutBucketObjectLockConfiguration backup:PutBackupVaultLockConfiguration ec2:LockSnapshot acm-pca:Create*
  organizations:* account:* controltower:* sso:* sso-directory:* identitystore:* billing:* payments:* tax:* invoicing:* cur:Put*
  cloudhsm:* kms:*CustomKeyStore cloudtrail:Delete* cloudtrail:StopLogging cloudtrail:Update* cloudtrail:Put* config:Delete* config:Stop*
  guardduty:Delete* guardduty:Disassociate* guardduty:Update* guardduty:Stop* securityhub:Disable* securityhub:Disassociate*
  securityhub:Delete* access-analyzer:DeleteAnalyzer inspector2:Disable macie2:Disable* detective:DeleteGraph auditmanager:Deregister*
  securitylake:Delete* iam:*User* iam:*Group* iam:*AccessKey* iam:*LoginProfile iam:*MFADevice iam:*SAMLProvider iam:*OpenIDConnect*
  iam:*AccountAlias iam:*AccountPasswordPolicy iam:DeleteRolePermissionsBoundary rolesanywhere:Create* sts:AssumeRoot
`
  .trim()
  .split(/\s+/);
const SESSIONS: readonly Principal[] = ["operator", "deploy", "app"].map((role) => ({
  kind: "role-session",
  arn: `arn:aws:sts::222222222222:assumed-role/${role}/ann`,
  roleArn: `arn:aws:iam::222222222222:role/tier/${role}`,
}));
const WORK_PLACES = [
  ["s3:GetObject", "arn:aws:s3:::bucket/a/b"],
  ["ec2:RunInstances", "arn:aws:ec2:eu-central-1:222222222222:instance/i-1"],
  ["ec2:PurchaseHostReservation", "arn:aws:ec2:eu-central-1:222222222222:dedicated-host/h-1"],
  ["iam:PassRole", "arn:aws:iam::222222222222:role/app/web"],
  ["iam:PassRole", "arn:aws:iam::222222222222:role/tier/administrator"],
  ["iam:CreateRole", "arn:aws:iam::222222222222:role/app/web"],
  ["iam:CreateUser", "arn:aws:iam::222222222222:user/x"],
  ["cloudtrail:StopLogging", "arn:aws:cloudtrail:eu-central-1:222222222222:trail/t"],
  ["lambda:UpdateFunctionCode", "arn:aws:lambda:eu-central-1:222222222222:function:f"],
  ["dynamodb:PutItem", "arn:aws:dynamodb:eu-central-1:222222222222:table/t"],
  ["sqs:SendMessage", "arn:aws:sqs:eu-central-1:222222222222:q"],
  ["logs:GetLogEvents", "arn:aws:logs:eu-central-1:222222222222:log-group:g:log-stream:s"],
] as const;

/** A session under a boundary, two levels of service control policies and a list of denials. */
const OPERATE: CaseSet = {
  what: "operators work",
  identity: [
    document(
      allow({ NotAction: ["iam:*", ...FORBIDDEN] }),
      allow({ Action: ["iam:PassRole", "iam:CreateRole"], Resource: "arn:aws:iam::222222222222:role/app/*" }),
      { Effect: "Deny", Action: FORBIDDEN, Resource: "*" },
    ),
  ],
  boundary: document(allow({ NotAction: FORBIDDEN })),
  scps: [
    [document(allow({ Action: "*" }))],
    [
      document(allow({ Action: "*" })),
      document({
        Effect: "Deny",
        Action: ["iam:*Role*"],
        Resource: "arn:aws:iam::*:role/tier/*",
        Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/deploy/*" } },
      }),
    ],
  ],
  requests: SESSIONS.flatMap((principal) =>
    WORK_PLACES.map(([action, resource]) => ({ principal, action, resource, context: keysOf(principal) })),
  ),
};

/** Questions of Rolecall's own kind; each set has one preparation. */
export const CASE_SETS: readonly CaseSet[] = [ASSUME, ENROL, OPERATE];
