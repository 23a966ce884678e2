import data from "./partitions.json";

/**
 * The home of partitions: the parts of AWS that share no accounts, no ARNs and no addresses. What is written here is written
 * nowhere else (test/architecture.test.ts).
 */

/** The partitions that Rolecall supports; the others are known only by name, to be refused. */
export type PartitionId = "aws" | "aws-cn" | "aws-us-gov";

interface Partition {
  /** Second field of every ARN. */
  readonly id: PartitionId;
  /** Endings of the names of service principals. */
  readonly serviceSuffixes: readonly string[];
  /** What Cognito identity pools call themselves as federation providers. */
  readonly cognito: readonly string[];
  /** What the addresses of the services' APIs end with. */
  readonly dnsSuffix: string;
  /** Host of the console's sign-in, of federation and of Switch Role. */
  readonly signIn: string;
  /** Host of the console. */
  readonly console: string;
  /** A Region of it, for questions in which any would do. */
  readonly anyRegion: string;
}

/**
 * Sign-in and console are not in the SDK's data. Sources: the SDK's endpoint rules of AWS Sign-In; AWS GovCloud (US) User Guide,
 * "IAM"; IAM User Guide of AWS in China, "Custom identity broker access to the console" (read 2026-11). In China most service principals end as
 * everywhere, some (EC2) with the partition's own suffix: IAM User Guide, "AWS service principals".
 */
const HOSTS: Readonly<Record<PartitionId, Omit<Partition, "id" | "dnsSuffix">>> = {
  aws: {
    serviceSuffixes: ["amazonaws.com"],
    cognito: ["cognito-identity.amazonaws.com"],
    signIn: "signin.aws.amazon.com",
    console: "console.aws.amazon.com",
    anyRegion: "us-east-1",
  },
  "aws-cn": {
    serviceSuffixes: ["amazonaws.com", "amazonaws.com.cn"],
    cognito: ["cognito-identity.cn-north-1.amazonaws.com.cn"],
    signIn: "signin.amazonaws.cn",
    console: "console.amazonaws.cn",
    anyRegion: "cn-north-1",
  },
  "aws-us-gov": {
    serviceSuffixes: ["amazonaws.com"],
    cognito: ["cognito-identity-us-gov.amazonaws.com", "cognito-identity.amazonaws.com"],
    signIn: "signin.amazonaws-us-gov.com",
    console: "console.amazonaws-us-gov.com",
    anyRegion: "us-gov-west-1",
  },
};

export const PARTITION_IDS: readonly PartitionId[] = ["aws", "aws-cn", "aws-us-gov"];

interface Known {
  readonly dnsSuffix: string;
  /** Separated by spaces. */
  readonly regions: string;
}

/** Every partition there is, by its name. */
const ALL: ReadonlyMap<string, Known> = new Map(Object.entries(data.partitions));

/** Its Regions, by name; none for a partition that is not known. */
export function regionsOf(id: string): readonly string[] {
  return ALL.get(id)?.regions.split(" ") ?? [];
}

/** Of which day the list of Regions is, and from where. */
export const PARTITION_DATA: { readonly date: string; readonly source: string } = data;

/** Regions of the supported partitions. */
export const SUPPORTED_REGIONS: readonly string[] = PARTITION_IDS.flatMap(regionsOf);

const BY_REGION = new Map([...ALL.keys()].flatMap((id) => regionsOf(id).map((region) => [region, id] as const)));

/** Name of the Region's partition, supported or not; undefined for a Region that no partition has. */
export function partitionOfRegion(region: string): string | undefined {
  return BY_REGION.get(region);
}

export function isSupported(partition: string | undefined): partition is PartitionId {
  return PARTITION_IDS.some((id) => id === partition);
}

/** The Region's partition when it is a supported one, else `aws`: for values whose Regions somebody else has checked. */
export function supportedPartition(region: unknown): PartitionId {
  const found = typeof region === "string" ? partitionOfRegion(region) : undefined;
  return isSupported(found) ? found : "aws";
}

export function partition(id: PartitionId): Partition {
  return { id, ...HOSTS[id], dnsSuffix: ALL.get(id)?.dnsSuffix ?? "" };
}

/** Address of the Security Token Service in the Region. */
export function stsAddress(region: string): string {
  return `https://sts.${region}.${partition(supportedPartition(region)).dnsSuffix}/`;
}

/** A service principal's name as it is written in the partition `aws`: in China one service has two names. */
export function serviceName(principal: string): string {
  return principal.replace(/\.amazonaws\.com\.cn$/, ".amazonaws.com");
}
