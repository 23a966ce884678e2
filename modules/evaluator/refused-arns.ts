import type { Fields } from "./arn-fields";

export const PARTITIONS = new Set("aws aws-cn aws-us-gov aws-eusc aws-iso aws-iso-b aws-iso-e aws-iso-f".split(" "));
const IAM_TYPES = new Set(
  (
    "access-report assumed-role contextProvider delegation-request federated-user group instance-profile mfa oidc-provider policy report role root saml-provider " +
    "server-certificate sms-mfa u2f user"
  ).split(" "),
);

/**
 * Why AWS refuses an ARN in a policy, as the end of a sentence; nothing for one that it takes.
 * Source: IAM User Guide, "IAM identifiers" (no wildcard in a resource's type), "Resource" (no wildcard in the service) and
 * "IAM policy validation check reference" (invalid partition; IAM's ARNs have no Region).
 */
export function refusedArn([prefix, partition = "", service, region, account, resource]: Fields): string | undefined {
  if (prefix !== "arn") return "is not an ARN";
  if (!/[*?$]/.test(partition) && !PARTITIONS.has(partition)) return "names a partition that does not exist";
  if (service === "") return "names no service";
  if (account !== undefined && /^\d+$/.test(account) && account.length !== 12)
    return "has an account id that is not twelve digits";
  if (service === undefined || service === "*") return undefined;
  if (/[*?]/.test(service)) return "has a wildcard in its service";
  if (service !== "iam") return undefined;
  if (region !== undefined && region !== "" && region !== "*") return "has a Region, and ARNs of IAM have none";
  const type = resource?.split("/")[0] ?? "*";
  if (type === "*" || IAM_TYPES.has(type)) return undefined;
  if (/[*?]/.test(type)) return "has a wildcard in its type of resource";
  return type.includes("$") ? undefined : "has a type of resource that IAM does not have";
}
