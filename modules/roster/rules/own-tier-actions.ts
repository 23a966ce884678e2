import { actionsOf, isKnownAction, KNOWN_SERVICES } from "../../iam/known-actions";
import { didYouMean, quote } from "../../text";
import { finding, type Rule } from "../rule";

/** Actions of own tiers are ones AWS has: a slip in a deny list would let through what it is to stop. */
export const ownTierActions: Rule = ({ tiers }) =>
  tiers.flatMap(({ key, allow, deny, place }) =>
    [...allow, ...deny]
      .filter((pattern) => !isKnownAction(pattern))
      .map((pattern) => {
        const message = `no action of AWS fits ${quote(pattern)} of the tier ${key}${suggestion(pattern)}`;
        return finding("unknown-action", place, message);
      }),
  );

function suggestion(pattern: string): string {
  const service = pattern.slice(0, pattern.indexOf(":"));
  const known = actionsOf(service);
  const meant = known.length === 0 ? didYouMean(service, KNOWN_SERVICES) : didYouMean(pattern, known);
  return meant || "; correct it, or run npm run refresh:catalogue if it is new";
}
