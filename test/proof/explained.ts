import { FULL } from "./generate/documents";
import type { Question } from "./generate/question";

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
    why: "what a resource grants to the session itself no session policy limits; the oracle limits it",
    source: "IAM User Guide, Policy evaluation for requests within a single account: IAM role session",
    rewrite: (question) => (question.session && question.policy ? withDirectGrantsOnly(question) : question),
  },
];

const TRUST_IN_NOBODY = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { AWS: "333333333333" }, Action: "sts:AssumeRole" },
};

const VARIABLE = /\$\{([^}]*?)(?:, '([^']*)')?\}/g;
const NOTHING = "equal-to-nothing";

type Json = Readonly<Record<string, unknown>>;

/** Text that no request of the generator holds in place of a variable of an old document. */
function withoutOldVariables(document: Json): Json {
  if (document["Version"] === "2012-10-17") return document;
  return mapText(document, (text) => text.replace(VARIABLE, NOTHING)) as Json;
}

function fillVariables(document: Json, context: Question["context"]): Json {
  if (document["Version"] !== "2012-10-17") return document;
  return mapText(document, (text) =>
    text.replace(VARIABLE, (whole, key: string, fallback: string | undefined) => {
      const value = /^[*?$]$/.test(key) ? whole : (context[key] ?? fallback ?? NOTHING);
      return typeof value === "string" ? value.replace(/^[*]|(?<=[^{])[*]/g, "${*}") : NOTHING;
    }),
  ) as Json;
}

/** The question without any other allowance: only what names the session, and nothing that limits it but denials. */
function withDirectGrantsOnly(question: Question): Question {
  const direct = ["*", '{"AWS":"*"}', `{"AWS":"${question.principal.arn}"}`];
  const keep = (document: Json | undefined, test: (statement: Json) => boolean): Json => ({
    Version: document?.["Version"],
    Statement: [document?.["Statement"] as Json | readonly Json[]].flat().filter(test),
  });
  const denies = (statement: Json): boolean => statement["Effect"] === "Deny";
  const names = (statement: Json): boolean => direct.includes(textOf(statement["Principal"]));
  return {
    ...question,
    identity: question.identity.map((document) => keep(document, denies)),
    session: withAllowance(keep(question.session, denies)),
    policy: keep(question.policy, (statement) => denies(statement) || names(statement)),
  };
}

function withAllowance(document: Json): Json {
  return { ...document, Statement: [...(document["Statement"] as readonly Json[]), FULL.Statement] };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function everyText(question: Question, map: (text: string) => string | readonly string[]): Question {
  return mapText(question, map) as Question;
}

function everyDocument(question: Question, map: (document: Json) => Json): Question {
  const { identity, boundary, session, policy, scps, rcps } = question;
  return {
    ...question,
    identity: identity.map(map),
    ...(boundary ? { boundary: map(boundary) } : {}),
    ...(session ? { session: map(session) } : {}),
    ...(policy ? { policy: map(policy) } : {}),
    ...(scps ? { scps: scps.map((level) => level.map(map)) } : {}),
    ...(rcps ? { rcps: rcps.map((level) => level.map(map)) } : {}),
  };
}

/** A value with every text in it replaced; several texts in a list stay one list. */
function mapText(value: unknown, map: (text: string) => string | readonly string[]): unknown {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value))
    return value.flatMap((item: unknown) => (typeof item === "string" ? map(item) : [mapText(item, map)]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapText(inner, map)]));
}
