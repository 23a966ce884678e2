import { quote } from "../../text";
import type { ChangeOf } from "../access-change";
import type { RulesChange } from "../changes/rules";
import type { Predicates, Sentences } from "./tellers";

export const RULE_SENTENCES: Sentences<Exclude<RulesChange["kind"], "rule-scope-grant">> = {
  "rules-removed": () => "this change removes the review rules",
  "rules-set": () => "this change sets review rules for the first time",
  "rules-changed": () => "this change changes the review rules; those of the base hold for it",
  "rules-broken": (change) =>
    change.side === "base"
      ? "the review rules of the base do not hold, so what they require is unknown"
      : `the review rules do not hold after this change: ${change.reason}`,
  "rules-moved": ({ before }) =>
    `this change moves or removes the review rules in ${quote(before)}, and those were not applied`,
  "rules-unknown": ({ reason }) => `git cannot tell whether this change moves review rules: ${reason}`,
  "rule-scope-account": account,
  "rule-scope-tier": ({ before, after, rules }) =>
    `${after} can do now what ${before} could, and only ${before} is named in ${rules.join(", ")}; with allows a rule applies to every tier that may do something`,
};

function account({ id, name, named, how, rules }: ChangeOf<"rule-scope-account">): string {
  const what = `the account ${name} (${id})`;
  const under = rules.join(", ");
  switch (how) {
    case "joins":
      return `${what} is now ${quote(named)}, and under ${under}`;
    case "leaves":
      return `${what} is no longer ${quote(named)}, and is no longer under ${under}`;
    case "leaves-roster":
      return `${what} leaves the roster, and is no longer under ${under}`;
  }
}

export const RULES_OF_PEOPLE: Predicates<"rule-scope-grant"> = {
  "rule-scope-grant": ({ account: where, tier, rules }, many) =>
    `${many ? "hold" : "holds"} ${tier} in ${where} through a team instead of a grant of their own, which is no longer under ${rules.join(", ")}`,
};
