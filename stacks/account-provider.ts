import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";

/** What a provider needs to know of an account. */
interface ProviderAccount {
  readonly key: string;
  readonly id: string;
  readonly region: string;
  readonly deployRoleArn: string;
}

/** Seen in CloudTrail as the session of every change Rolecall makes. */
const SESSION_NAME = "rolecall";

/**
 * The one place that makes providers: alias `acct_<key>`, the account's deploy role, and `allowed_account_ids`, so that a
 * role ARN of the wrong account fails at plan.
 * @param maxRetries @default the provider's own
 */
export function accountProvider(scope: Construct, account: ProviderAccount, maxRetries?: number): AwsProvider {
  return new AwsProvider(scope, `provider-${account.key}`, {
    alias: `acct_${account.key}`,
    region: account.region,
    allowedAccountIds: [account.id],
    assumeRole: [{ roleArn: account.deployRoleArn, sessionName: SESSION_NAME }],
    ...(maxRetries === undefined ? {} : { maxRetries }),
  });
}

/**
 * The default provider of a stack: it may touch no account, so a resource without a provider fails at plan instead of
 * landing in the account of the person who runs Terraform. Unused it is never started.
 */
export function guardProvider(scope: Construct, region: string): AwsProvider {
  return new AwsProvider(scope, "provider-guard", { region, allowedAccountIds: ["000000000000"] });
}
