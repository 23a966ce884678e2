import { quote } from "../../text";
import { finding, type Rule } from "../rule";

/** The built-in tiers keep their permissions; an own tier has some. */
export const ownTiers: Rule = ({ tiers }) =>
  tiers.flatMap(({ key, builtIn, policyArns, place }) => {
    if (builtIn)
      return policyArns.length === 0
        ? []
        : [
            finding(
              "built-in-tier-policies",
              place,
              `what ${key} may do is built in; make a tier of your own for other policies`,
            ),
          ];
    if (policyArns.length === 0)
      return [
        finding("empty-tier", place, `the tier ${key} has no policies, so it may do nothing; add policies: [ARN]`),
      ];
    return policyArns
      .filter((arn) => !/^arn:aws:iam::(aws|\d{12}|\{account\}):policy\/[\w+=,.@/-]+$/.test(arn))
      .map((arn) =>
        finding(
          "bad-policy-arn",
          place,
          `${quote(arn)} is no managed policy; give arn:aws:iam::aws:policy/<name> or arn:aws:iam::{account}:policy/<name>`,
        ),
      );
  });
