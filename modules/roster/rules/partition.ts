import { quote } from "../../text";
import { finding, type Rule } from "../rule";

/** Beginnings of the Regions of other partitions, whose ARNs and accounts are others. Source: AWS General Reference, "Partitions". */
const OTHERS: readonly (readonly [begin: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["eusc-", "aws-eusc"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
];

/** Everything that is compiled and proven is of the partition `aws`; a Region of another one has none of it. */
export const partition: Rule = (roster) =>
  [roster.userAccount, ...roster.accounts].flatMap(({ key, region, place }) => {
    const other = OTHERS.find(([begin]) => region.startsWith(begin))?.[1];
    if (other === undefined) return [];
    const cure = `Rolecall knows the partition "aws" only; name a Region of it`;
    return [
      finding(
        "other-partition",
        place,
        `the Region ${quote(region)} of ${key} belongs to the partition "${other}"; ${cure}`,
      ),
    ];
  });
