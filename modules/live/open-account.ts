import type { IAMClient } from "@aws-sdk/client-iam";
import { Refusal } from "../refusal";
import { expectedReason } from "./aws-problem";
import { connectAccount } from "./connect";

/** Accounts at the same time: each has its own limits at AWS. */
export const ACCOUNTS_AT_ONCE = 8;

/** What it takes to open an account; accounts of rosters, of access plans and of claims all have it. */
export interface OpenableAccount {
  readonly key: string;
  readonly id: string;
  readonly deployRoleArn: string;
  readonly region: string;
}

/** Gives an IAM client of an account, as its deploy role. Throws a `Refusal` with one line where it cannot. */
export type OpenAccount = (account: OpenableAccount) => Promise<IAMClient>;

/** Opens accounts in sessions of this name. */
export function accountOpener(sessionName: string): OpenAccount {
  return async ({ key, id: accountId, deployRoleArn, region }) =>
    connectAccount({ key, accountId, deployRoleArn, region, sessionName }).catch((error: unknown) => {
      throw new Refusal(`${key} cannot be reached through ${deployRoleArn}: ${expectedReason(error)}`);
    });
}
