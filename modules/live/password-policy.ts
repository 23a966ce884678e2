import { GetAccountPasswordPolicyCommand, type IAMClient } from "@aws-sdk/client-iam";
import type { PasswordRules } from "../iam/account-guards";
import { ask } from "./send";
import { unlessMissing } from "./unless-missing";

/** The account's password policy; `undefined` where it has none. */
export async function readPasswordPolicy(iam: IAMClient): Promise<PasswordRules | undefined> {
  const answer = await unlessMissing(ask(iam, new GetAccountPasswordPolicyCommand({})));
  if (answer === undefined) return undefined;
  const { PasswordPolicy: policy } = answer;
  return {
    minimumLength: policy?.MinimumPasswordLength,
    // AWS leaves out what is not set.
    reusePrevention: policy?.PasswordReusePrevention ?? 0,
    maxAgeDays: policy?.MaxPasswordAge ?? 0,
    hardExpiry: policy?.HardExpiry ?? false,
    requireLowercase: policy?.RequireLowercaseCharacters,
    requireUppercase: policy?.RequireUppercaseCharacters,
    requireNumbers: policy?.RequireNumbers,
    requireSymbols: policy?.RequireSymbols,
    allowChange: policy?.AllowUsersToChangePassword,
  };
}
