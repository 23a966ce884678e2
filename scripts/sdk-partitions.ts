import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compareText } from "../modules/text";

/** The SDK exports no list of Regions, but each of its releases carries one, as JSON in this file. */
const DATA = "dist-es/submodules/client/util-endpoints/lib/aws/partitions.js";

interface SdkPartition {
  readonly id: string;
  readonly outputs: { readonly dnsSuffix: string };
  readonly regions: Readonly<Record<string, unknown>>;
}

/** The installed SDK's partitions, in the form of our file, without its date. */
export function sdkPartitions(): { readonly source: string; readonly partitions: Readonly<Record<string, unknown>> } {
  const manifest = require.resolve("@aws-sdk/core/package.json");
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };
  const [, json] = /partitionsInfo = (\{[\s\S]*?\n\});/.exec(readFileSync(join(dirname(manifest), DATA), "utf8")) ?? [];
  if (json === undefined) throw new Error(`${DATA} of @aws-sdk/core ${version} does not hold the partitions any more`);
  const { partitions } = JSON.parse(json) as { readonly partitions: readonly SdkPartition[] };
  const entries = [...partitions]
    .sort((a, b) => compareText(a.id, b.id))
    .map(({ id, outputs, regions }) => {
      // "aws-global" and the like stand for endpoints outside all Regions; no account is set to one.
      const real = Object.keys(regions).filter((region) => !region.endsWith("-global"));
      return [id, { dnsSuffix: outputs.dnsSuffix, regions: real.sort(compareText).join(" ") }] as const;
    });
  return { source: `@aws-sdk/core ${version}`, partitions: Object.fromEntries(entries) };
}
