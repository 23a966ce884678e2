import { PARTITION_DATA, type PartitionId, regionsOf, SUPPORTED_REGIONS } from "../iam/partition";
import { didYouMean, quote } from "../text";

/** So few Regions are named all. */
const FEW = 4;

/**
 * What was meant by a Region that does not exist, as the end of a message. Capitals, blanks, other or missing hyphens and the letter of
 * a zone do not count; what is nearest is looked for in the partition that the text names, else in `likely`, the roster's.
 */
export function regionHint(text: string, likely: PartitionId | undefined): string {
  const bare = squash(text);
  const same = SUPPORTED_REGIONS.find((region) => isWithin(bare, squash(region)));
  if (same !== undefined) return `; did you mean ${quote(same)}?`;
  const partition = namedBy(bare) ?? likely ?? "aws";
  const regions = regionsOf(partition);
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[_\s.]+/g, "-");
  const area = regions.filter((region) => region.slice(0, 2) === plain.slice(0, 2));
  const near = didYouMean(plain, area) || didYouMean(plain, regions);
  if (near !== "") return near;
  if (regions.length <= FEW) return `; the Regions of the partition ${quote(partition)} are ${regions.join(" and ")}`;
  return `; name one that exists, such as ${regions.includes("eu-central-1") ? "eu-central-1" : regions[0]} (list of ${PARTITION_DATA.date}, ${PARTITION_DATA.source}); roles and users are the same in all of them`;
}

function squash(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}

/** The Region itself, or with the name of a zone behind it. */
function isWithin(bare: string, region: string): boolean {
  return bare.startsWith(region) && !/^\d/.test(bare.slice(region.length));
}

function namedBy(bare: string): PartitionId | undefined {
  if (bare.startsWith("cn")) return "aws-cn";
  return bare.includes("gov") ? "aws-us-gov" : undefined;
}
