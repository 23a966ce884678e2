import { accountPrincipal } from "../../iam/arn";
import type { PartitionId } from "../../iam/partition";
import { recordOf } from "../../terraform/read/json";
import { isRecord, stableJson } from "../../text";

/**
 * A policy document as text that is equal for documents that differ only in what makes no difference to IAM, and what the
 * provider and IAM rewrite: the order of statements and values, one value as a list, statement ids, an account's id for its
 * root in its partition (only trusts name accounts), `true` for `"true"`. Everything else, text that is not a document included, stays different.
 */
export function normalDocument(document: unknown, partition: PartitionId = "aws"): string {
  return stableJson(normal(document, "", partition) ?? null);
}

function normal(value: unknown, key: string, partition: PartitionId): unknown {
  if (Array.isArray(value)) {
    const texts = [...new Set(value.map((each) => stableJson(normal(each, key, partition))))].sort();
    const values = texts.map((text): unknown => JSON.parse(text));
    return values.length === 1 ? values[0] : values;
  }
  if (isRecord(value)) return normalRecord(value, partition);
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  if (key === "AWS" && typeof value === "string" && /^\d{12}$/.test(value))
    return accountPrincipal({ partition, id: value });
  return value;
}

/** An id says nothing; `Principal: "*"` and `{ AWS: "*" }` are the same. */
function normalRecord(value: Readonly<Record<string, unknown>>, partition: PartitionId): unknown {
  const entries = Object.entries(value).filter(([key]) => key !== "Sid" && key !== "Id");
  return Object.fromEntries(
    entries.map(([key, inner]) => {
      const everybody = key === "Principal" && inner === "*" ? { AWS: "*" } : inner;
      return [key, normal(isRecord(everybody) ? recordOf(everybody) : everybody, key, partition)];
    }),
  );
}
