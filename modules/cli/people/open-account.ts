import type { IAMClient } from "@aws-sdk/client-iam";

/** What connecting to an account of the roster takes; a plan's account and a claim's both have it. */
export interface OpenableAccount {
  readonly key: string;
  readonly id: string;
  readonly deployRoleArn: string;
  readonly region: string;
}

/** An IAM client of the account as its deploy role. Throws with a sentence that names the account and the role. */
export async function openAccount(account: OpenableAccount, sessionName: string): Promise<IAMClient> {
  const { key, id: accountId, deployRoleArn, region } = account;
  const { connectAccount } = await import("../../live/connect");
  const { awsProblem } = await import("../../live/aws-problem");
  return connectAccount({ key, accountId, deployRoleArn, region, sessionName }).catch((error: unknown) => {
    throw new Error(`${key} cannot be reached through ${deployRoleArn}: ${awsProblem(error)}`);
  });
}
