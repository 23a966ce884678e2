import { quote } from "../../text";
import { finding, type Rule } from "../rule";

/** One holder names one account and tier once: a second line would hide which of the two counts. */
export const oneTierEach: Rule = ({ teams, people }) =>
  [...teams, ...people].flatMap(({ key, grants }) => {
    const seen = new Set<string>();
    return grants.flatMap(({ account, tier, place }) => {
      const grant = `${account} ${tier}`;
      if (seen.has(grant))
        return [
          finding(
            "duplicate-grant",
            place,
            `${quote(key)} is granted ${quote(tier)} in ${quote(account)} twice; keep one`,
          ),
        ];
      seen.add(grant);
      return [];
    });
  });
