import type { Finding } from "../../finding";
import { awsPolicyArn, iamArn } from "../../iam/arn";
import type { PartitionId } from "../../iam/partition";
import { quote } from "../../text";
import type { Tier } from "../roster";
import { finding, type Rule } from "../rule";

/** The built-in tiers keep their permissions; an own tier has some. */
export const ownTiers: Rule = ({ tiers, userAccount }) =>
  tiers.flatMap((tier) => (tier.builtIn ? builtIn(tier) : own(tier, userAccount.partition)));

function builtIn({ key, policyArns, allow, deny, place }: Tier): readonly Finding[] {
  if (policyArns.length + allow.length + deny.length === 0) return [];
  const message = `what ${key} may do is built in; make a tier of your own for other policies`;
  return [finding("built-in-tier-policies", place, message)];
}

function own({ key, policyArns, allow, place }: Tier, partition: PartitionId): readonly Finding[] {
  if (policyArns.length + allow.length === 0) {
    const message = `the tier ${key} has no policies, so it may do nothing; add policies: [ARN] or allow: [action]`;
    return [finding("empty-tier", place, message)];
  }
  return policyArns
    .filter((arn) => !/^arn:aws[a-z-]*:iam::(aws|\{account\}):policy\/[\w+=,.@/-]+$/.test(arn))
    .map((arn) =>
      finding(
        "bad-policy-arn",
        place,
        `invalid managed policy ${quote(arn)}; give ${awsPolicyArn(partition, "<name>")} or ${iamArn({ partition, id: "{account}" }, "policy/<name>")}`,
      ),
    );
}
