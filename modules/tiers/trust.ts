import { accountPrincipal, userArn } from "../iam/arn";
import { type PolicyDocument, policyDocument } from "../iam/policy-document";

/**
 * Who may take a tier role: IAM users of the user account, with MFA not older than `mfaAgeSeconds`.
 *
 * The account principal leaves the choice of the person to the group policies; `aws:PrincipalArn` shuts out the account's
 * own roles and its root user. Both MFA conditions fail closed: the keys are absent without MFA, and neither operator is an
 * `IfExists` form. A session bears the user's name, as the console gives it anyway: CloudTrail then names the person, and
 * one person's sessions can be told from others' when they must end. Sources: IAM User Guide, "Global condition keys",
 * "Configuring MFA-protected API access", and "IAM and AWS STS condition context keys" (sts:RoleSessionName).
 */
export function tierTrust(userAccountId: string, mfaAgeSeconds: number): PolicyDocument {
  return policyDocument({
    Sid: "PeopleWithMfa",
    Effect: "Allow",
    Principal: { AWS: accountPrincipal(userAccountId) },
    Action: ["sts:AssumeRole"],
    Condition: {
      ArnLike: { "aws:PrincipalArn": userArn(userAccountId, "/", "*") },
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": String(mfaAgeSeconds) },
      StringEquals: { "sts:RoleSessionName": "${aws:username}" },
    },
  });
}
