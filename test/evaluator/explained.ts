import type { Json } from "./generate/documents";
import type { Question } from "./generate/question";
import {
  everyDocument,
  everyText,
  fillVariables,
  mapText,
  TRUST_IN_NOBODY,
  withDirectGrantsOnly,
  withoutExceptedAccounts,
  withoutOldVariables,
} from "../proof/rewrites";

/**
 * A way in which the oracle departs from AWS's documentation. `rewrite` puts the question in other words that mean the same
 * by that page and avoid the departure: the disagreement is explained only when the oracle then gives our verdict.
 */
export interface Explanation {
  readonly why: string;
  /** Title of the page that decides. */
  readonly source: string;
  readonly rewrite: (question: Question) => Question;
}

export const EXPLANATIONS: readonly Explanation[] = [
  {
    why: "a role without a trust policy is assumed by nobody; the oracle asks for none within an account",
    source:
      "IAM User Guide, Policy evaluation for requests within a single account: trust policies must explicitly allow",
    rewrite: (question) =>
      question.action === "sts:AssumeRole" && !question.policy ? { ...question, policy: TRUST_IN_NOBODY } : question,
  },
  {
    why: "in version 2008-10-17 a variable is plain text; the oracle fills it",
    source: "IAM User Guide, Variables and tags: earlier versions don't support policy variables",
    rewrite: (question) => everyDocument(question, withoutOldVariables),
  },
  {
    why: "a variable without a value equals nothing, so negated operators hold; the oracle lets the statement fail",
    source: "IAM User Guide, Variables and tags: Policy variables with no value",
    rewrite: (question) => everyDocument(question, (document) => fillVariables(document, question.context)),
  },
  {
    why: "0.0.0.0/0 is every IPv4 address; the oracle finds none in it",
    source: "IAM User Guide, Condition operators: IP address condition operators",
    rewrite: (question) => everyText(question, (text) => (text === "0.0.0.0/0" ? ["0.0.0.0/1", "128.0.0.0/1"] : text)),
  },
  {
    why: "an address without a prefix length is a range of one; the oracle does not hold it against the other family",
    source: "IAM User Guide, Condition operators: IAM uses the default prefix value of /32",
    rewrite: (question) =>
      everyDocument(
        question,
        (document) => mapText(document, (text) => (/^[0-9.]+\.[0-9]+$/.test(text) ? `${text}/32` : text)) as Json,
      ),
  },
  {
    why: "an account in NotPrincipal excepts nobody of it by itself; the oracle excepts everyone of it",
    source:
      "IAM User Guide, AWS JSON policy elements: NotPrincipal: the example that excepts one user with its account",
    rewrite: withoutExceptedAccounts,
  },
  {
    why: "what a resource grants to the session itself no session policy limits; the oracle limits it",
    source: "IAM User Guide, Policy evaluation for requests within a single account: IAM role session",
    rewrite: (question) => (question.session && question.policy ? withDirectGrantsOnly(question) : question),
  },
];
