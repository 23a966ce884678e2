import { type AccountRef, accountPrincipal, userArn } from "../iam/arn";
import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document";
import { MAIL_ADDRESSES } from "../iam/session-names";

/**
 * Who may take a tier role: IAM users of the user account, with MFA not older than `mfaAgeSeconds`.
 *
 * The account principal leaves the choice of the person to the group policies; `aws:PrincipalArn` shuts out the account's
 * own roles and its root user. Both MFA conditions fail closed: the keys are absent without MFA, and neither operator is an
 * `IfExists` form. A session bears the user's name, as the console gives it anyway: CloudTrail then names the person, and
 * one person's sessions can be distinguished from others' when they must end. Sources: IAM User Guide, "Global condition keys",
 * "Configuring MFA-protected API access", and "IAM and AWS STS condition context keys" (sts:RoleSessionName).
 *
 * `sessionNames` of the tier come as a statement of their own, so that without any the policy stays what it was. No name that
 * fits them is a mail address; other users' names are for the roster's rules.
 */
export function tierTrust(
  userAccount: AccountRef,
  mfaAgeSeconds: number,
  sessionNames: readonly string[] = [],
): PolicyDocument {
  const named = { StringEquals: { "sts:RoleSessionName": "${aws:username}" } };
  const patterned = {
    StringLike: { "sts:RoleSessionName": sessionNames },
    StringNotLike: { "sts:RoleSessionName": MAIL_ADDRESSES },
  };
  const statement = (sid: string, name: Statement["Condition"]): Statement => ({
    Sid: sid,
    Effect: "Allow",
    Principal: { AWS: accountPrincipal(userAccount) },
    Action: ["sts:AssumeRole"],
    Condition: {
      ArnLike: { "aws:PrincipalArn": userArn(userAccount, "/", "*") },
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": String(mfaAgeSeconds) },
      ...name,
    },
  });
  return policyDocument(
    statement("PeopleWithMfa", named),
    ...(sessionNames.length === 0 ? [] : [statement("PeopleWithMfaOtherNames", patterned)]),
  );
}
