import type { AccountDocuments } from "../../iam/account-documents";
import type { AccountRef } from "../../iam/arn";
import { supportedPartition } from "../../iam/partition";
import { repeatedKey } from "../../iam/repeated-key";
import { isRecord, quote } from "../../text";
import { someTemplate, unescapeTemplate } from "./escape";
import { recordOf } from "./json";
import { isAbsent } from "./iam-arguments";
import { documentsOf, type IamResource, judges, type Partitions } from "./iam-resources";
import { withUnknowns } from "./with-unknowns";

/** The text of one synthesized stack, and where it is. */
interface StackText {
  readonly where: string;
  readonly text: string;
}

/**
 * Reads the JSON of synthesized stacks, and nothing that Terraform would read differently: a key written twice, a part or an
 * argument that Rolecall never writes, becomes an unknown. Throws on text that is not JSON.
 */
export function readStackDocuments(stacks: readonly StackText[]): readonly AccountDocuments[] {
  const read = stacks.map(readStackResources);
  const accounts = documentsOf(
    read.flatMap(({ resources }) => resources),
    [...new Set(read.flatMap(({ ids }) => ids))],
    new Map(read.flatMap(({ partitions }) => [...partitions])),
  );
  return withUnknowns(
    accounts,
    read.flatMap(({ ids, unknowns }) => unknowns.map((text) => ({ text, ids }))),
  );
}

export interface StackResources {
  readonly resources: readonly IamResource[];
  /** Accounts its providers lead to. */
  readonly ids: readonly string[];
  readonly partitions: Partitions;
  readonly unknowns: readonly string[];
}

/** One stack's resources, as they are after its apply. Throws on text that is not JSON. */
export function readStackResources({ where, text }: StackText): StackResources {
  const json: unknown = JSON.parse(text);
  const twice = repeatedKey(text);
  const strange = twice === undefined ? strangeParts(json) : [`the key ${quote(twice)} is written twice`];
  return {
    resources: resourcesOf(json),
    ids: [...providerAccounts(json).values()].map(({ id }) => id),
    partitions: new Map([...providerAccounts(json).values()].map(({ id, partition }) => [id, partition])),
    unknowns: strange.map((each) => `${where}: ${each}`),
  };
}

/** What one of Rolecall's stacks consists of. */
const PARTS = new Set(["//", "terraform", "provider", "resource"]);
/** Arguments that make a resource something else than it says, run programs, or keep changes from arriving. */
const META = [
  "count",
  "for_each",
  "lifecycle",
  "provisioner",
  "connection",
  "dynamic",
  "inline_policy",
  "managed_policy_arns",
];

function strangeParts(stack: unknown): readonly string[] {
  if (!isRecord(stack)) return ["this is not a synthesized stack"];
  const types = Object.entries(recordIn(stack, "resource"));
  const shapes = [stack["resource"], ...types.map(([, byName]) => byName)];
  const resources = types.flatMap(([type, byName]) =>
    Object.entries(recordOf(byName)).map(([name, values]) => ({ type, address: `${type}.${name}`, values })),
  );
  return [
    ...Object.keys(stack)
      .filter((part) => !PARTS.has(part))
      .map((part) => `${quote(part)} cannot be judged`),
    ...(shapes.every((shape) => shape === undefined || isRecord(shape))
      ? []
      : ["the resources are not a mapping, so they cannot be judged"]),
    ...resources.filter(({ values }) => !isRecord(values)).map(({ address }) => `${address} is not a mapping`),
    ...resources.flatMap(({ type, address, values }) =>
      META.filter((argument) => argument in recordOf(values) && !isReported(type, argument, values)).map(
        (argument) => `${address}: ${argument} cannot be judged`,
      ),
    ),
  ];
}

/** What is strange about the resource itself is said where it becomes a document. */
function isReported(type: string, argument: string, values: unknown): boolean {
  const isRead = argument === "inline_policy" || argument === "managed_policy_arns";
  return judges(type) && !isRead && !isAbsent(recordOf(values)[argument]);
}

function resourcesOf(stack: unknown): readonly IamResource[] {
  const accounts = providerAccounts(stack);
  return Object.entries(recordIn(stack, "resource")).flatMap(([type, byName]) =>
    Object.entries(recordOf(byName)).map(([name, given]): IamResource => {
      const values = plain(recordOf(given)) as Record<string, unknown>;
      const accountId = accounts.get(String(values["provider"] ?? "aws"))?.id;
      return { type, address: `${type}.${name}`, values, ...(accountId === undefined ? {} : { accountId }) };
    }),
  );
}

/** The account by what resources call the provider: `aws.acct_testing`. The guard's `000000000000` is not an account. */
function providerAccounts(stack: unknown): ReadonlyMap<string, AccountRef> {
  const providers = recordIn(stack, "provider")["aws"];
  const found = new Map<string, AccountRef>();
  for (const provider of Array.isArray(providers) ? providers : []) {
    const { alias, allowed_account_ids: ids, region } = recordOf(provider);
    const id = Array.isArray(ids) && ids.length === 1 ? ids[0] : undefined;
    if (typeof alias === "string" && typeof id === "string" && id !== "000000000000")
      found.set(`aws.${alias}`, { id, partition: supportedPartition(region) });
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

function recordIn(value: unknown, key: string): Readonly<Record<string, unknown>> {
  return recordOf(recordOf(value)[key]);
}
