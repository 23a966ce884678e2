import { policyArn } from "../../iam/arn";
import { supportedPartition } from "../../iam/partition";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SynthesizedStack } from "./manifest";
import { countOf } from "../../words";

interface Arguments {
  readonly name?: string;
  readonly path?: string;
  readonly account_alias?: string;
  readonly provider?: string;
}

interface StackJson {
  readonly provider?: {
    readonly aws?: readonly {
      readonly alias?: string;
      readonly allowed_account_ids?: readonly string[];
      readonly region?: string;
    }[];
  };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
}

/**
 * The cure when something to be created exists already but is not in the state: what a Terraform that was killed had just
 * made, or somebody else's. Terraform would never import it by itself, so the command to do so is spelled out.
 */
export function explainOrphans(log: string, { name, folder }: SynthesizedStack): readonly string[] {
  const addresses = orphanAddresses(log);
  if (addresses.length === 0) return [];
  const commands = addresses.map((address) => {
    const id = importId({ name, folder }, address);
    return id === undefined ? address : `terraform import '${address}' '${id}'`;
  });
  const what = `${countOf(addresses.length, "resource", "resources")} of stack ${name}`;
  return [
    `${what} exist in AWS but not in the state, as after a killed run; check that they are yours, then import them and apply again: cd ${folder}`,
    ...commands,
  ];
}

/** Addresses of the resources that failed with IAM's EntityAlreadyExists, each once, in the log's order. */
function orphanAddresses(log: string): readonly string[] {
  const errors = log.split(/^.*Error: /m).slice(1);
  const found = errors
    .filter((error) => /EntityAlreadyExists/.test(error))
    .flatMap((error) => /\bwith (aws_iam_[a-z_]+\.[A-Za-z0-9_-]+),/.exec(error)?.[1] ?? []);
  return [...new Set(found)];
}

/** What `terraform import` calls the resource: its name, or its ARN where a policy is one of many versions. */
export function importId({ folder }: SynthesizedStack, address: string): string | undefined {
  const json = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as StackJson;
  const [type = "", key = ""] = address.split(".");
  const resource = json.resource?.[type]?.[key];
  if (resource === undefined) return undefined;
  if (type !== "aws_iam_policy") return resource.name ?? resource.account_alias;
  const alias = resource.provider?.split(".")[1];
  const provider = json.provider?.aws?.find((each) => each.alias === alias);
  const id = provider?.allowed_account_ids?.[0];
  if (id === undefined || resource.name === undefined) return undefined;
  return policyArn({ id, partition: supportedPartition(provider?.region) }, resource.path ?? "/", resource.name);
}
