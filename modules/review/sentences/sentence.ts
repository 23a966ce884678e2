import { quote } from "../../text";
import type { AccessChange, AccessChangeKind } from "../access-change";
import { ACCOUNTS, DECLARED, SETTING_SENTENCES } from "./accounts";
import { CODE } from "./code";
import { DOCUMENTS, DOCUMENTS_OF_PEOPLE, TRUST } from "./documents";
import { byHand, LIFECYCLE, PASSWORDS } from "./lifecycle";
import { PEOPLE, PEOPLE_SENTENCES } from "./people";
import { AGAINST, COVERAGE, OUTSIDE } from "./plans";
import { RIGHTS, RIGHTS_OF_PEOPLE } from "./rights";
import { RULE_SENTENCES, RULES_OF_PEOPLE } from "./rules";
import type { Predicates, Sentences } from "./tellers";
import { TIERS } from "./tiers";

const ABOUT_OTHERS: Sentences<"drift" | "not-reviewed" | "plan-also" | "plan-differs"> = {
  drift: ({ change, kept }) => byHand(changeSentence(change), kept),
  "not-reviewed": ({ reason }) => reason,
  "plan-also": ({ change }) => `the plans also do: ${changeSentence(change)}`,
  "plan-differs": ({ how, change }) => `${DIFFERS[how]}${changeSentence(change)}`,
};

const DIFFERS = {
  more: "the plans do more than the roster says: ",
  less: "the plans do less than the roster says: ",
  apart: "after the plans, AWS differs from the roster: ",
  after: "after the plans, ",
  itself: "",
} as const;

const PREDICATES = { ...PEOPLE, ...DOCUMENTS_OF_PEOPLE, ...RIGHTS_OF_PEOPLE, ...RULES_OF_PEOPLE };

const SENTENCES: Sentences<Exclude<AccessChangeKind, keyof typeof PREDICATES> | keyof typeof RIGHTS> = {
  ...PEOPLE_SENTENCES,
  ...TIERS,
  ...ACCOUNTS,
  ...SETTING_SENTENCES,
  ...DECLARED,
  ...RULE_SENTENCES,
  ...CODE,
  ...DOCUMENTS,
  ...TRUST,
  ...RIGHTS,
  ...COVERAGE,
  ...OUTSIDE,
  ...AGAINST,
  ...LIFECYCLE,
  ...PASSWORDS,
  ...ABOUT_OTHERS,
};

/** One line without a full stop; names in it are quoted and harmless in a terminal. */
export function changeSentence(change: AccessChange): string {
  const does = predicateOf(change, false);
  if (does !== undefined) return `${quote(change.person ?? "")} ${does}`;
  return `${tell(SENTENCES, change) ?? ""}${byCode(change)}`;
}

/** `gains operator in testing`, of many people `gain`; undefined where the sentence does not begin with the person. */
export function predicateOf(change: AccessChange, many: boolean): string | undefined {
  if (change.kind === "plan-differs") return change.how === "itself" ? predicateOf(change.change, many) : undefined;
  const does = tell(PREDICATES, change, many);
  return does === undefined ? undefined : `${does}${byCode(change)}`;
}

function byCode({ by }: AccessChange): string {
  return by === undefined ? "" : ", by a change of code";
}

/** The table has a function of exactly this kind, or none. */
function tell(
  table: Partial<Sentences<AccessChangeKind> | Predicates<AccessChangeKind>>,
  change: AccessChange,
  many = false,
): string | undefined {
  const teller = table[change.kind] as ((change: AccessChange, many: boolean) => string | undefined) | undefined;
  return teller?.(change, many);
}
