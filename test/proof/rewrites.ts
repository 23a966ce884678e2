import { FULL, type Json } from "../evaluator/generate/documents";
import type { Question } from "../evaluator/generate/question";

export const TRUST_IN_NOBODY = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { AWS: "333333333333" }, Action: "sts:AssumeRole" },
};

const VARIABLE = /\$\{([^}]*?)(?:, '([^']*)')?\}/g;
const NOTHING = "equal-to-nothing";

/** Text that no request of the generator holds in place of a variable of an old document. */
export function withoutOldVariables(document: Json): Json {
  if (document["Version"] === "2012-10-17") return document;
  return mapText(document, (text) => text.replace(VARIABLE, NOTHING)) as Json;
}

export function fillVariables(document: Json, context: Question["context"]): Json {
  if (document["Version"] !== "2012-10-17") return document;
  return mapText(document, (text) =>
    text.replace(VARIABLE, (whole, key: string, fallback: string | undefined) => {
      const value = /^[*?$]$/.test(key) ? whole : (context[key] ?? fallback ?? NOTHING);
      return typeof value === "string" ? value.replace(/^[*]|(?<=[^{])[*]/g, "${*}") : NOTHING;
    }),
  ) as Json;
}

/** The question without any other allowance: only what names the session, and nothing that limits it but denials. */
export function withDirectGrantsOnly(question: Question): Question {
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

export function everyText(question: Question, map: (text: string) => string | readonly string[]): Question {
  return mapText(question, map) as Question;
}

export function everyDocument(question: Question, map: (document: Json) => Json): Question {
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
export function mapText(value: unknown, map: (text: string) => string | readonly string[]): unknown {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value))
    return value.flatMap((item: unknown) => (typeof item === "string" ? map(item) : [mapText(item, map)]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapText(inner, map)]));
}

const NOBODY = "arn:aws:iam::333333333333:user/nobody";

/** `NotPrincipal` of the resource's policy without accounts; of a list of accounts nobody is left. */
export function withoutExceptedAccounts(question: Question): Question {
  if (!question.policy) return question;
  const statements = [question.policy["Statement"] as Json | readonly Json[]].flat().map((statement: Json) => {
    const listed = statement["NotPrincipal"] as Readonly<Record<string, string | readonly string[]>> | undefined;
    if (listed?.["AWS"] === undefined) return statement;
    const names = [listed["AWS"]].flat().filter((name) => !/^\d+$|:root$/.test(name));
    return { ...statement, NotPrincipal: { AWS: names.length > 0 ? names : NOBODY } };
  });
  return { ...question, policy: { ...question.policy, Statement: statements } };
}
