import { userArn } from "../iam/arn";
import { type PolicyDocument, policyDocument } from "../iam/policy-document";

/**
 * What a person may do in the user account: their own password, access keys and MFA devices, and nothing else.
 *
 * Without MFA only what enrolment needs is left: a forced password change (it asks for the old password) and the first MFA
 * device. Removing a device and making keys need MFA. Virtual devices have free names, hence `mfa/*` for creating one;
 * deleting is confined to the device named after the person. Users live at path `/`.
 * Source: IAM User Guide, "Allows users to manage their own credentials" (read 2026-11) and its MFA troubleshooting notes.
 */
export function selfService(userAccountId: string): PolicyDocument {
  const self = userArn(userAccountId, "/", "${aws:username}");
  return policyDocument(
    {
      Sid: "SeeWhatEnrolmentNeeds",
      Effect: "Allow",
      Action: ["iam:GetAccountPasswordPolicy", "iam:ListVirtualMFADevices"],
      Resource: ["*"],
    },
    { Sid: "ManageOwnUser", Effect: "Allow", Action: OWN_USER_ACTIONS, Resource: [self] },
    {
      Sid: "CreateMfaDevice",
      Effect: "Allow",
      Action: ["iam:CreateVirtualMFADevice"],
      Resource: [`arn:aws:iam::${userAccountId}:mfa/*`],
    },
    {
      Sid: "DeleteOwnMfaDevice",
      Effect: "Allow",
      Action: ["iam:DeleteVirtualMFADevice"],
      Resource: [`arn:aws:iam::${userAccountId}:mfa/\${aws:username}`],
    },
    {
      Sid: "SignInFromCommandLine",
      Effect: "Allow",
      Action: ["signin:AuthorizeOAuth2Access", "signin:CreateOAuth2Token"],
      Resource: [`arn:aws:signin:*:${userAccountId}:oauth2/public-client/*`],
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

const OWN_USER_ACTIONS = [
  "iam:ChangePassword",
  "iam:CreateAccessKey",
  "iam:DeactivateMFADevice",
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
