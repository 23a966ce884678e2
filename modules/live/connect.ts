import { IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

export interface AccountAccess {
  readonly accountId: string;
  readonly deployRoleArn: string;
  readonly region: string;
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
  sessionName = "rolecall-read",
  endpoint,
  credentials,
}: AccountAccess): Promise<IAMClient> {
  const common = { region, ...(endpoint === undefined ? {} : { endpoint }) };
  const sts = new STSClient({ ...common, ...(credentials === undefined ? {} : { credentials }) });
  const { Credentials: session, AssumedRoleUser: role } = await sts.send(
    new AssumeRoleCommand({ RoleArn: deployRoleArn, RoleSessionName: sessionName }),
  );
  const owner = role?.Arn?.split(":")[4];
  if (owner !== accountId) throw new Error(`${deployRoleArn} leads to the account ${owner}, not ${accountId}`);
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = session ?? {};
  if (!accessKeyId || !secretAccessKey || !sessionToken) throw new Error(`${deployRoleArn} gave no credentials`);
  return new IAMClient({ ...common, credentials: { accessKeyId, secretAccessKey, sessionToken } });
}
