import { IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

/** An IAM client of one account of the emulator at `endpoint`, as the account's deploy role. */
export async function iamClient(endpoint: string, accountId: string): Promise<IAMClient> {
  const common = { endpoint, region: "eu-central-1" };
  const sts = new STSClient({ ...common, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  const RoleArn = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "test" }));
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return new IAMClient({ ...common, credentials });
}
