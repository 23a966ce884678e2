import { isSupported, type PartitionId, partition as partitionOf } from "./partition";

/** An account, and where in AWS it is: two accounts of different partitions may have the same id. */
export interface AccountRef {
  readonly partition: PartitionId;
  /** Twelve digits. */
  readonly id: string;
}

/** The account of something that names it so. */
export function accountOf({
  accountId,
  partition,
}: {
  readonly accountId: string;
  readonly partition: PartitionId;
}): AccountRef {
  return { partition, id: accountId };
}

/** ARN of something in IAM of the account; `what` is its type and name, such as `mfa/ann`. */
export function iamArn({ partition, id }: AccountRef, what: string): string {
  return `arn:${partition}:iam::${id}:${what}`;
}

/** Paths begin and end with `/`. */
export function roleArn(account: AccountRef, path: string, name: string): string {
  return iamArn(account, `role${path}${name}`);
}

export function userArn(account: AccountRef, path: string, name: string): string {
  return iamArn(account, `user${path}${name}`);
}

export function policyArn(account: AccountRef, path: string, name: string): string {
  return iamArn(account, `policy${path}${name}`);
}

/** The whole account as a principal; not only its root user. */
export function accountPrincipal(account: AccountRef): string {
  return iamArn(account, "root");
}

export function groupArn(account: AccountRef, path: string, name: string): string {
  return iamArn(account, `group${path}${name}`);
}

/** ARN of one of AWS's own managed policies; `name` with its path, if it has one. */
export function awsPolicyArn(partition: PartitionId, name: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`;
}

/** ARN of a session of a role. */
export function sessionArn({ partition, id }: AccountRef, role: string, session: string): string {
  return `arn:${partition}:sts::${id}:assumed-role/${role}/${session}`;
}

/** ARN of something of a service that no policy names, in a Region. */
export function sampleArn({ partition, id }: AccountRef, service: string, what = "sample/sample"): string {
  return `arn:${partition}:${service}:${partitionOf(partition).anyRegion}:${id}:${what}`;
}

/** Where an ARN of IAM or STS belongs; undefined for any other text. */
export function accountOfArn(arn: string): AccountRef | undefined {
  const [, partition, id] = /^arn:([\w-]+):(?:iam|sts)::(\d{12}):/.exec(arn) ?? [];
  return id !== undefined && isSupported(partition) ? { partition, id } : undefined;
}

/** A text of our data, which is written for the partition `aws`, in another one. */
export function inPartition(partition: PartitionId, text: string): string {
  return text.replace(/^arn:aws:/, `arn:${partition}:`);
}
