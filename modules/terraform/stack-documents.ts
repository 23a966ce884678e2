import type { AccountDocuments } from "../iam/account-documents";
import { someTemplate, unescapeTemplate } from "./escape";
import { documentsOf, type IamResource } from "./iam-resources";

/** Reads the parsed JSON of synthesized stacks. A text with a Terraform template stays as it is, and so becomes unknown. */
export function readStackDocuments(stacks: readonly unknown[]): readonly AccountDocuments[] {
  const resources = stacks.flatMap(resourcesOf);
  return documentsOf(resources, [...new Set(stacks.flatMap((stack) => [...accountIds(stack).values()]))]);
}

function resourcesOf(stack: unknown): readonly IamResource[] {
  const accounts = accountIds(stack);
  return Object.entries(recordIn(stack, "resource")).flatMap(([type, byName]) =>
    Object.entries(record(byName)).map(([name, given]): IamResource => {
      const values = plain(record(given)) as Record<string, unknown>;
      const accountId = accounts.get(String(values["provider"] ?? "aws"));
      return { type, address: `${type}.${name}`, values, ...(accountId === undefined ? {} : { accountId }) };
    }),
  );
}

/** Account id by what resources call the provider: `aws.acct_testing`. The guard's `000000000000` is no account. */
function accountIds(stack: unknown): ReadonlyMap<string, string> {
  const providers = recordIn(stack, "provider")["aws"];
  const found = new Map<string, string>();
  for (const provider of Array.isArray(providers) ? providers : []) {
    const { alias, allowed_account_ids: ids } = record(provider);
    const id = Array.isArray(ids) && ids.length === 1 ? ids[0] : undefined;
    if (typeof alias === "string" && typeof id === "string" && id !== "000000000000") found.set(`aws.${alias}`, id);
  }
  return found;
}

/** Literal text as Terraform would see it. */
function plain(value: unknown): unknown {
  if (typeof value === "string") return someTemplate(value) ? value : unescapeTemplate(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function recordIn(value: unknown, key: string): Readonly<Record<string, unknown>> {
  return record(record(value)[key]);
}
