import { GetPolicyCommand, GetPolicyVersionCommand, type IAMClient } from "@aws-sdk/client-iam";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { awsPolicyArn } from "../modules/iam/arn";
import { supportedPartition } from "../modules/iam/partition";
import { openIam } from "../modules/live/clients";
import { ask } from "../modules/live/send";
import { createContext } from "../modules/machine/create-context";

/*
 * Writes the texts of AWS's own managed policies to modules/iam/managed-policies, one dated file each, with the credentials of
 * the environment: AWS_REGION=us-gov-west-1 npm run refresh:managed-policies -- SecurityAudit. Each partition has texts of its own.
 */

const DEFAULT = [
  "AdministratorAccess",
  "PowerUserAccess",
  "ReadOnlyAccess",
  "SecurityAudit",
  "job-function/ViewOnlyAccess",
];
const ARN = /^arn:([\w-]+):iam::aws:policy\/(?:[\w+=,.@-]+\/)*([\w+=,.@-]+)$/;

async function refresh(client: IAMClient, arn: string, folder: string): Promise<void> {
  const [, partition, name] = ARN.exec(arn) ?? [];
  if (name === undefined) throw new Error(`${arn} is not a policy of AWS; give the name of one`);
  const { Policy: policy } = await ask(client, new GetPolicyCommand({ PolicyArn: arn }));
  const VersionId = policy?.DefaultVersionId ?? "";
  const { PolicyVersion: version } = await ask(client, new GetPolicyVersionCommand({ PolicyArn: arn, VersionId }));
  const document: unknown = JSON.parse(decodeURIComponent(version?.Document ?? ""));
  const date = version?.CreateDate?.toISOString().slice(0, 10);
  writeFileSync(
    join(folder, `${partition === "aws" ? "" : `${partition}.`}${name}.json`),
    `${JSON.stringify({ arn, version: VersionId, date, document }, undefined, 2)}\n`,
  );
  process.stderr.write(`${name} ${VersionId} of ${date}\n`);
}

async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const region = process.env["AWS_REGION"] ?? "us-east-1";
  const names = given.length > 0 ? given : DEFAULT;
  const arns = names.map((name) => (name.startsWith("arn:") ? name : awsPolicyArn(supportedPartition(region), name)));
  const folder = join(createContext(process).home, "modules/iam/managed-policies");
  mkdirSync(folder, { recursive: true });
  const client = openIam({ region });
  for (const arn of arns) await refresh(client, arn, folder);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
