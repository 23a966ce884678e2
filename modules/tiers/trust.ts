import { accountPrincipal, userArn } from "../iam/arn";
import { type PolicyDocument, policyDocument } from "../iam/policy-document";

/**
 * Who may take a tier role: IAM users of the user account, with MFA not older than `mfaAgeSeconds`.
 *
 * The account principal leaves the choice of the person to the group policies; `aws:PrincipalArn` shuts out the account's
 * own roles and its root user. Both MFA conditions fail closed: the keys are absent without MFA, and neither operator is an
 * `IfExists` form. Source: IAM User Guide, "Global condition keys" and "Configuring MFA-protected API access".
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
    },
  });
}
