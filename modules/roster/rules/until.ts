import { quote } from "../../text";
import { parseUntil } from "../build";
import { finding, type Rule } from "../rule";

/** An end is a real day or time; one that is past is a warning, since the grant gives nothing any more. */
export const until: Rule = ({ people }, now) =>
  people.flatMap(({ key, grants }) =>
    grants.flatMap(({ until: end, account, tier, place }) => {
      if (end === undefined) return [];
      if (parseUntil(end) === undefined)
        return [
          finding(
            "bad-until",
            place,
            `${quote(end)} is no date; give one such as 2027-01-15, or a time such as 2027-01-15T18:00Z`,
          ),
        ];
      return Date.parse(end) > now.getTime()
        ? []
        : [
            finding(
              "expired-grant",
              place,
              `the grant of ${tier} in ${account} to ${quote(key)} ended at ${end}; remove it`,
              "warning",
            ),
          ];
    }),
  );
