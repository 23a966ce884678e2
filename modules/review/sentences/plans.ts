import { compareText, quote } from "../../text";
import type { ChangeOf } from "../access-change";
import type { ExtraName } from "../changes/plans";
import { identityText } from "./documents";
import { quotedNames } from "./lists";
import { typeText } from "./resources";
import type { Sentences } from "./tellers";
import { countOf } from "../../words";

type Coverage =
  | "plan-without-account"
  | "plan-of-unknown-account"
  | "plan-twice"
  | "plan-doubt"
  | "plan-missing"
  | "setup-differs";

export const COVERAGE: Sentences<Coverage> = {
  "plan-without-account": ({ file }) =>
    `the plan in ${quote(file)} names no account, so it cannot be compared with the roster`,
  "plan-of-unknown-account": ({ file, id }) =>
    `the plan in ${quote(file)} is for the account ${id}, which is not in the roster`,
  "plan-twice": ({ files: [one, other], id }) =>
    `${quote(one)} and ${quote(other)} are both plans for the account ${id}; give one`,
  "plan-doubt": ({ file, reason }) => `the plan in ${quote(file)} cannot be trusted: ${reason}`,
  "plan-missing": ({ account }) => `no plan for ${account} was given, so what its apply does is unknown`,
  "setup-differs": ({ reason, cure }) => `${reason}; ${cure}`,
};

type Outside = "extra-resources" | "changes-outside-iam" | "resource-not-judged" | "plan-unread";

const SHOWN = 5;

export const OUTSIDE: Sentences<Outside> = {
  "extra-resources": ({ count, names }) => {
    const texts = [...new Set(names.map(extraText))].sort(compareText);
    return `AWS has ${countOf(count, "resource", "resources")} that the roster does not ask for: ${some(texts, "others")}`;
  },
  "changes-outside-iam": ({ count, types }) => {
    const texts = [...new Set(types.map(typeText))].sort(compareText);
    return `${countOf(count, "change outside IAM is", "changes outside IAM are")} not judged: ${some(texts, "other types")}`;
  },
  "resource-not-judged": notJudged,
  "plan-unread": ({ reason }) => `the plan: ${reason}`,
};

function extraText({ resourceType, of }: ExtraName): string {
  return `${typeText(resourceType)}${of === undefined ? "" : ` of ${identityText(of)}`}`;
}

function some(names: readonly string[], others: string): string {
  const shown = names.slice(0, SHOWN);
  return (names.length > SHOWN ? [...shown, `and ${names.length - SHOWN} ${others}`] : shown).join(", ");
}

const VERBS = {
  forget: "stays in AWS and leaves Terraform's control",
  create: "is created",
  delete: "is deleted",
  update: "changes",
} as const;

function notJudged({ resourceType, of, name, action }: ChangeOf<"resource-not-judged">): string {
  const whose = of === undefined ? (name === undefined ? "" : ` ${quote(name)}`) : ` of ${identityText(of)}`;
  return `an ${typeText(resourceType)}${whose} ${VERBS[action]}, and what it gives is not judged`;
}

type Against = "attached-extra" | "attached-missing" | "boundary-differs" | "tags-differ" | "claim-broken";

/** After the plans, by name. */
export const AGAINST: Sentences<Against> = {
  "attached-extra": ({ identity, what }) =>
    `${identityText(identity)} has the ${what.type} ${quote(what.name)}, which the roster does not ask for`,
  "attached-missing": ({ identity, what }) =>
    `${identityText(identity)} lacks the ${what.type} ${quote(what.name)}, which the roster asks for`,
  "boundary-differs": ({ identity, before, after }) => {
    const [should, is] = [before, after].map((arn) => (arn === undefined ? "none" : quote(arn)));
    return `the permissions boundary of ${identityText(identity)} is ${is} instead of ${should}`;
  },
  "tags-differ": ({ identity, after }) =>
    `${identityText(identity)} has other tags than in the roster: ${quotedNames(after.tags)}; policies elsewhere may ask for them`,
  "claim-broken": ({ reason }) => reason,
};
