import { type PolicyDocument, policyDocument, type Statement } from "./policy-document";
import { isRevocationName, REVOCATION_PREFIX } from "./revocation-name";
import { isRecord, stableJson } from "../text";

/**
 * An inline policy of a role that ends open sessions: it denies everything to sessions that were issued before an instant. IAM
 * asks it at every call, so it works immediately for sessions that nobody can recall. Source: IAM User Guide, "Revoke IAM role
 * temporary security credentials" (read 2026-11), whose console does the same for everybody.
 */
export interface Revocation {
  /** Sessions of this person, or of everybody. */
  readonly person?: string;
  /** Besides the person's: sessions of everybody with a name that fits one of these. */
  readonly names?: readonly string[];
  /** Sessions issued before it are denied; in whole seconds. */
  readonly before: Date;
}

/** A role's policy with the name of a revocation; without `revocation` where it says anything else. */
export interface StandingRevocation {
  readonly roleName: string;
  readonly policyName: string;
  readonly revocation: Revocation | undefined;
}

/** One policy for each person, so that two revocations at once do not overwrite each other. */
export function revocationName(person?: string): string {
  return person === undefined ? REVOCATION_PREFIX : `${REVOCATION_PREFIX}-${person}`;
}

/**
 * `aws:userid` of a role's session is `<role id>:<session name>`, and a session name has no colon. Source: IAM User Guide,
 * "IAM policy elements: variables and tags", the table of principal values.
 */
export function revocationDocument({ person, names = [], before }: Revocation): PolicyDocument {
  const sessions = names.length === 0 ? `*:${person}` : [person, ...names].map((name) => `*:${name}`);
  const statement: Statement = {
    Sid: "RevokedSessions",
    Effect: "Deny",
    Action: ["*"],
    Resource: ["*"],
    Condition: {
      DateLessThan: { "aws:TokenIssueTime": isoSeconds(before) },
      ...(person === undefined ? {} : { StringLike: { "aws:userid": sessions } }),
    },
  };
  return policyDocument(statement);
}

/** The revocation a policy is; `undefined` when its name is not one's, or its text says anything else. */
export function parseRevocation(name: string, document: unknown): Revocation | undefined {
  if (!isRevocationName(name)) return undefined;
  const [, instant = ""] = /"aws:TokenIssueTime":"([^"]*)"/.exec(stableJson(document)) ?? [];
  const before = new Date(instant);
  if (Number.isNaN(before.getTime())) return undefined;
  const person = name === REVOCATION_PREFIX ? undefined : name.slice(REVOCATION_PREFIX.length + 1);
  const names = sessionsOf(document).slice(1);
  const revocation = {
    before,
    ...(person === undefined ? {} : { person }),
    ...(person === undefined || names.length === 0 ? {} : { names }),
  };
  return stableJson(document) === stableJson(revocationDocument(revocation)) ? revocation : undefined;
}

/** Names in a list of `aws:userid`, the person's first; none where it is not a list. */
function sessionsOf(document: unknown): readonly string[] {
  const [statement] = isRecord(document) ? [document["Statement"]].flat() : [];
  const condition = isRecord(statement) ? statement["Condition"] : undefined;
  const test = isRecord(condition) ? condition["StringLike"] : undefined;
  const list = isRecord(test) ? test["aws:userid"] : undefined;
  return Array.isArray(list) ? list.map((each) => String(each).replace(/^\*:/, "")) : [];
}

/** The longest session IAM gives, whatever the role says now: it may have said more when the session began. */
const LONGEST_SESSION_SECONDS = 12 * 3600;

/** The first instant at which no session it denies can live any more. */
export function revocationEnds({ before }: Revocation): Date {
  return new Date(before.getTime() + LONGEST_SESSION_SECONDS * 1000);
}

export function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
