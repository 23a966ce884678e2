import { createHash } from "node:crypto";
import type { AccountInventory, FederationProvider, RoleDocuments } from "../../iam/account-documents";
import { compareText, isRecord, stableJson } from "../../text";

const HEX = 24;

/**
 * `t...-r...`: the first half changes with the trust, the second with the rights. Policies of AWS's own count by name, for AWS
 * changes their texts; the account's number counts as a word, so that the same role has the same fingerprint in every account.
 */
export function roleFingerprint(role: RoleDocuments, accountId: string, { policies }: AccountInventory): string {
  const textOf = (arn: string) => {
    const versions = policies.find((policy) => policy.arn === arn)?.versions;
    return [arn, versions?.find(({ isDefault }) => isDefault)?.document ?? null];
  };
  const rights = {
    inline: [...role.inline].sort(([a], [b]) => compareText(a, b)),
    attached: [...role.attached].sort(compareText).map(textOf),
    boundary: role.boundary === undefined ? null : textOf(role.boundary),
  };
  return `t${digest(role.trust, accountId)}-r${digest(rights, accountId)}`;
}

export function providerFingerprint({ kind, settings }: FederationProvider, accountId: string): string {
  return `p${digest([kind, settings], accountId)}`;
}

function digest(value: unknown, accountId: string): string {
  const text = stableJson(canonical(value)).replaceAll(accountId, "{account}");
  return createHash("sha256").update(text).digest("hex").slice(0, HEX);
}

/** IAM gives lists of names back in any order, and one name with or without a list. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    if (!value.every((each) => typeof each === "string")) return value.map(canonical);
    return value.length === 1 ? value[0] : [...new Set(value)].sort(compareText);
  }
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, canonical(each)]))
    : value;
}
