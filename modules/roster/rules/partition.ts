import type { Finding } from "../../finding";
import { isSupported, PARTITION_IDS, type PartitionId, partitionOfRegion } from "../../iam/partition";
import { quote } from "../../text";
import { regionHint } from "../region-hint";
import { finding, type Rule } from "../rule";
import type { OwnedWord, Written } from "../written";

/**
 * Every Region exists, and all accounts, the state and every ARN are in one partition that Rolecall supports: no role of one
 * partition can be taken from another, and an ARN of another one names nothing.
 */
export const onePartition: Rule = (roster, now, written) => {
  const home = homeOf(written);
  return [
    ...unknownRegions(roster, now, written),
    ...written.regions.flatMap((region) => judgeRegion(region, home)),
    ...(isSupported(home) ? written.arns.flatMap((arn) => judgeArn(arn, home)) : []),
  ];
};

/** Every Region is one that some partition has. */
export const unknownRegions: Rule = (_roster, _now, written) =>
  written.regions.flatMap(({ word: { text, place } }) =>
    partitionOfRegion(text) === undefined
      ? [finding("unknown-region", place, `unknown Region ${quote(text)}${regionHint(text, likelyOf(written))}`)]
      : [],
  );

/** Where the roster's other Regions are, else its ARNs. */
function likelyOf({ regions, arns }: Written): PartitionId | undefined {
  const named = [
    ...regions.map(({ word }) => partitionOfRegion(word.text)),
    ...arns.map(({ word }) => word.text.split(":")[1]),
  ];
  return named.find(isSupported);
}

/** The partition of the user account; undefined when its Region is unknown, which is a finding of its own. */
function homeOf({ regions }: Written): string | undefined {
  const region = ["user", "roster"].flatMap((owner) => regions.find((each) => each.owner === owner) ?? [])[0];
  return region && partitionOfRegion(region.word.text);
}

function judgeRegion({ owner, word: { text, place } }: OwnedWord, home: string | undefined): readonly Finding[] {
  const found = partitionOfRegion(text);
  if (found === undefined) return [];
  const whose = owner === "roster" ? "" : owner === "backend" ? " of the state" : ` of ${owner}`;
  const belongs = `the Region ${quote(text)}${whose} belongs to the partition ${quote(found)}`;
  if (!isSupported(found)) {
    const why = `Rolecall supports ${PARTITION_IDS.map(quote).join(", ")}; it does not know the addresses and policies of others`;
    return [finding("unsupported-partition", place, `${belongs}; ${why}`)];
  }
  if (found === home || !isSupported(home)) return [];
  const message = `${belongs}, and the user account to ${quote(home)}`;
  return [
    finding(
      "other-partition",
      place,
      owner === "backend"
        ? `${message}; the credentials of one partition do not work in another: keep the state in the accounts' partition`
        : `${message}; no role can be taken across partitions: write a separate roster for each`,
    ),
  ];
}

function judgeArn({ owner, word: { text, place } }: OwnedWord, home: string): readonly Finding[] {
  const found = text.split(":")[1] ?? "";
  if (found === home) return [];
  const right = quote(text.replace(/^arn:[^:]*:/, `arn:${home}:`));
  const whose = owner === "roster" ? "" : owner === "backend" ? " of the state" : ` of ${owner}`;
  const message = `${quote(text)}${whose} is an ARN of the partition ${quote(found)}, and the roster's accounts are in ${quote(home)}; write ${right}`;
  return [finding("other-partition", place, message)];
}
