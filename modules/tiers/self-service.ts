import { type AccountRef, iamArn, userArn } from "../iam/arn";
import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document";

/**
 * What a person may do in the user account: their own password, access keys and MFA devices, and nothing else.
 *
 * Without MFA only what enrolment needs is left: a forced password change (it asks for the old password) and the first MFA
 * device; a second one takes MFA, which AWS itself demands since AWS-2023-001. Removing a device, making keys and `aws login`
 * need MFA. Virtual devices have free names, because the console asks for one, hence `mfa/*` for creating. Deleting is
 * confined to the device named after the person, or at a path named so: any other pattern could match another person's
 * device, since names may contain every character that could part them. Users live at path `/`.
 * Source: IAM User Guide, "Allows users to manage their own credentials" (read 2026-11) and its MFA troubleshooting notes.
 */
export function selfService(userAccount: AccountRef): PolicyDocument {
  const self = userArn(userAccount, "/", "${aws:username}");
  return policyDocument(
    {
      Sid: "SeeWhatEnrolmentNeeds",
      Effect: "Allow",
      Action: ["iam:GetAccountPasswordPolicy", "iam:ListVirtualMFADevices"],
      Resource: ["*"],
    },
    { Sid: "ManageOwnUser", Effect: "Allow", Action: OWN_USER_ACTIONS, Resource: [self] },
    ...ownDevices(self, iamArn(userAccount, "mfa/")),
    {
      Sid: "SignInFromCommandLine",
      Effect: "Allow",
      Action: ["signin:AuthorizeOAuth2Access", "signin:CreateOAuth2Token"],
      Resource: [`arn:${userAccount.partition}:signin:*:${userAccount.id}:oauth2/public-client/*`],
    },
    {
      Sid: "NothingElseWithoutMfa",
      Effect: "Deny",
      NotAction: WITHOUT_MFA_ACTIONS,
      Resource: ["*"],
      Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    },
  );
}

function ownDevices(self: string, devices: string): readonly Statement[] {
  return [
    { Sid: "CreateMfaDevice", Effect: "Allow", Action: ["iam:CreateVirtualMFADevice"], Resource: [`${devices}*`] },
    {
      Sid: "RemoveOwnMfa",
      Effect: "Allow",
      Action: ["iam:DeactivateMFADevice"],
      Resource: [self],
      Condition: WITH_MFA,
    },
    {
      Sid: "DeleteOwnMfaDevice",
      Effect: "Allow",
      Action: ["iam:DeleteVirtualMFADevice"],
      Resource: [`${devices}\${aws:username}`, `${devices}\${aws:username}/*`],
      Condition: WITH_MFA,
    },
  ];
}

/** The deny without MFA says the same; removing MFA is worth both. */
const WITH_MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

const OWN_USER_ACTIONS = [
  "iam:ChangePassword",
  "iam:CreateAccessKey",
  "iam:DeleteAccessKey",
  "iam:EnableMFADevice",
  "iam:GetAccessKeyLastUsed",
  "iam:GetLoginProfile",
  "iam:GetMFADevice",
  "iam:GetUser",
  "iam:ListAccessKeys",
  "iam:ListMFADevices",
  "iam:ResyncMFADevice",
  "iam:UpdateAccessKey",
];

/** The deny is not for these; `sts:GetSessionToken` is how a code becomes MFA in the first place. */
const WITHOUT_MFA_ACTIONS = [
  "iam:ChangePassword",
  "iam:CreateVirtualMFADevice",
  "iam:EnableMFADevice",
  "iam:GetAccountPasswordPolicy",
  "iam:GetMFADevice",
  "iam:GetUser",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "iam:ResyncMFADevice",
  "sts:GetSessionToken",
];
