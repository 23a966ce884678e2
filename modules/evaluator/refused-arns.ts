import type { Fields } from "./arn-fields";

const PARTITIONS = new Set("aws aws-cn aws-us-gov aws-eusc aws-iso aws-iso-b aws-iso-e aws-iso-f".split(" "));
const IAM_TYPES = new Set(
  (
    "access-report assumed-role federated-user group instance-profile mfa oidc-provider policy report role saml-provider " +
    "server-certificate sms-mfa user"
  ).split(" "),
);

/**
 * Why AWS refuses an ARN in a policy, as the end of a sentence; nothing for one that it takes.
 * Source: IAM User Guide, "IAM identifiers" (no wildcard in a resource's type), "Resource" (no wildcard in the service) and
 * "IAM policy validation check reference" (invalid partition; IAM's ARNs have no Region).
 */
export function refusedArn([prefix, partition = "", service, region, , resource]: Fields): string | undefined {
  if (prefix !== "arn") return "is not an ARN";
  if (!/[*?]/.test(partition) && !PARTITIONS.has(partition)) return "names a partition that there is not";
  if (service === undefined || service === "*") return undefined;
  if (/[*?]/.test(service)) return "has a wildcard in its service";
  if (service !== "iam") return undefined;
  if (region !== undefined && region !== "" && region !== "*") return "has a Region, and ARNs of IAM have none";
  const type = resource?.split("/")[0] ?? "*";
  if (type === "*" || IAM_TYPES.has(type)) return undefined;
  return /[*?]/.test(type) ? "has a wildcard in its type of resource" : undefined;
}
