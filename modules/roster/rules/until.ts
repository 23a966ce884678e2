import { quote } from "../../text";
import { parseUntil } from "../build";
import { finding, type Rule } from "../rule";

/** An end is a real day or time; one that is past is a warning, since the grant gives nothing any more. */
export const until: Rule = (_roster, now, { grants }) =>
  grants.flatMap(({ key, until: end, target, tier }) => {
    if (!end) return [];
    const instant = parseUntil(end.text);
    if (instant === undefined) {
      const cure = "give one such as 2027-01-15, or a time in UTC such as 2027-01-15T18:00Z";
      return [finding("bad-until", end.place, `invalid date ${quote(end.text)}; ${cure}`)];
    }
    if (Date.parse(instant) > now.getTime()) return [];
    const grant = `the grant of ${quote(tier.text)} in ${quote(target.text)} to ${quote(key)}`;
    return [finding("expired-grant", end.place, `${grant} ended at ${instant}; remove it`, "warning")];
  });
