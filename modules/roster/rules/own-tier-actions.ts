import { isKnownAction, nearAction } from "../../iam/known-actions";
import { quote } from "../../text";
import { finding, type Rule } from "../rule";

/** Actions of own tiers are ones AWS has: a slip in a deny list would let through what it is to stop. */
export const ownTierActions: Rule = ({ tiers }) =>
  tiers.flatMap(({ key, allow, deny, place }) =>
    [...allow, ...deny]
      .filter((pattern) => !isKnownAction(pattern))
      .map((pattern) => {
        const message = `no action of AWS fits ${quote(pattern)} of the tier ${key}${nearAction(pattern)}`;
        return finding("unknown-action", place, message);
      }),
  );
