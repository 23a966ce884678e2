import { type Place, formatPlace } from "../../finding";
import { quote } from "../../text";
import { finding, inFileOrder, type Rule } from "../rule";

/** Names of one kind differ in more than case: IAM and many file systems take `Ann` and `ann` for one. */
export const namesDiffer: Rule = ({ accounts, tiers, teams, people }) => {
  const kinds: readonly [string, readonly { readonly key: string; readonly place: Place }[]][] = [
    ["account", accounts],
    [
      "environment",
      accounts.flatMap(({ environment, place }) => (environment === undefined ? [] : [{ key: environment, place }])),
    ],
    ["stack", accounts.map(({ stack, place }) => ({ key: stack, place }))],
    ["tier", tiers],
    ["team", teams],
    ["person", people],
  ];
  return kinds.flatMap(([kind, items]) => {
    const first = new Map<string, { readonly key: string; readonly place: Place }>();
    return inFileOrder(items).flatMap((item) => {
      const other = first.get(item.key.toLowerCase());
      first.set(item.key.toLowerCase(), other ?? item);
      if (!other || other.key === item.key) return [];
      const where = formatPlace(other.place);
      return [
        finding(
          "names-differ-in-case-only",
          item.place,
          `the ${kind} ${quote(item.key)} differs from ${quote(other.key)} (${where}) only in case, and IAM and file systems treat them as the same; rename one`,
        ),
      ];
    });
  });
};
