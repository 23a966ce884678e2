import type { IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { Refusal } from "../refusal";
import { openIam, openSts } from "./clients";
import { ask } from "./send";

export interface AccountAccess {
  readonly accountId: string;
  readonly deployRoleArn: string;
  readonly region: string;
  /** Key of the account in the roster, for messages. */
  readonly key?: string;
  /** Name of the session, for the audit trail. @default "rolecall-read" */
  readonly sessionName?: string;
  /** @default AWS's own */
  readonly endpoint?: string;
  /** @default the SDK's provider chain */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** An IAM client of the account, as its deploy role. Throws when the role leads to another account. */
export async function connectAccount({
  accountId,
  deployRoleArn,
  region,
  key,
  sessionName = "rolecall-read",
  endpoint,
  credentials,
}: AccountAccess): Promise<IAMClient> {
  const where = key === undefined ? accountId : `${key} (${accountId})`;
  const common = { region, where, ...(endpoint === undefined ? {} : { endpoint }) };
  const sts = openSts({ ...common, ...(credentials === undefined ? {} : { credentials }) });
  const command = new AssumeRoleCommand({ RoleArn: deployRoleArn, RoleSessionName: sessionName });
  const { Credentials: session, AssumedRoleUser: role } = await ask(sts, command);
  const owner = role?.Arn?.split(":")[4];
  if (owner !== accountId)
    throw new Refusal(`${deployRoleArn} leads to the account ${owner}, not ${accountId}; correct the roster`);
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = session ?? {};
  if (!accessKeyId || !secretAccessKey || !sessionToken)
    throw new Refusal(`${deployRoleArn} gave no credentials; run this again`);
  return openIam({ ...common, accountId, credentials: { accessKeyId, secretAccessKey, sessionToken } });
}
