import type { AccountDocuments, PolicyHolder } from "../../iam/account-documents";
import type { Catalogue } from "../../iam/catalogue";
import { isRecord, quote } from "../../text";
import type { AccessClaims } from "../claims";
import { globOf, matchGlob } from "../../evaluator/glob";
import { SESSION_NAME } from "./moments";
import { operatorBoundaryArn } from "./boundary";
import type { Breach, CheckResult } from "./breach";

/**
 * Documents say nothing that the other claims could not ask about. A condition on anything else (a header the caller chooses, a
 * source address, a tag, a window of time) would answer our questions one way and an attacker's another, and so would an action
 * that no catalogue knows. AWS's own managed policies are left as they are.
 */
export function checkVocabulary(
  claims: AccessClaims,
  documents: readonly AccountDocuments[],
  catalogue: Catalogue,
): CheckResult {
  const isKnown = knownActions(catalogue);
  const keys = new Map([claims.userAccount, ...claims.accounts].map(({ key, id }) => [id, key]));
  const breaches: Breach[] = [];
  let questions = 0;
  for (const account of documents) {
    for (const { where, document, allowed } of documentsIn(claims, account)) {
      questions++;
      for (const text of [...strange(document, allowed), ...unknownActions(document, isKnown)])
        breaches.push({
          claim: "only-what-claims-ask",
          account: keys.get(account.id) ?? account.id,
          message: `${quote(where)} ${text}`,
          deciding: [],
          cure: "write it in a form that the claims cover, or remove it",
        });
    }
  }
  return { title: "documents say nothing that no claim asks about", questions, breaches };
}

/** One condition that may be written: `effect` where it matters, `value` where only one is meant. */
interface Allowed {
  readonly operator: string;
  readonly key: string;
  readonly effect?: "Allow";
  readonly value?: string;
  /** Instead: each of several values must be one of these. */
  readonly values?: readonly string[];
}

const PEOPLE: readonly Allowed[] = [
  { operator: "Bool", key: "aws:MultiFactorAuthPresent" },
  { operator: "BoolIfExists", key: "aws:MultiFactorAuthPresent" },
  { operator: "DateLessThan", key: "aws:CurrentTime", effect: "Allow" },
];
const TRUST: readonly Allowed[] = [
  { operator: "ArnLike", key: "aws:PrincipalArn" },
  { operator: "Bool", key: "aws:MultiFactorAuthPresent" },
  { operator: "NumericLessThan", key: "aws:MultiFactorAuthAge" },
  { operator: "StringEquals", key: SESSION_NAME, value: "${aws:username}" },
];

/** Names of sessions that the roster lets this very role take, and that no mail address is one of them. */
function trustOf({ roles }: AccessClaims, accountId: string, name: string): readonly Allowed[] {
  const role = roles.find((each) => each.accountId === accountId && each.tier === name);
  if (role === undefined || role.sessionNames.length === 0) return TRUST;
  return [
    ...TRUST,
    { operator: "StringLike", key: SESSION_NAME, effect: "Allow", values: role.sessionNames },
    { operator: "StringNotLike", key: SESSION_NAME, effect: "Allow", value: "*@*" },
  ];
}

interface Found {
  readonly where: string;
  readonly document: unknown;
  readonly allowed: readonly Allowed[];
}

function documentsIn(claims: AccessClaims, account: AccountDocuments): readonly Found[] {
  const { id, users, groups, roles, policies } = account;
  const isUserAccount = id === claims.userAccount.id;
  const value = operatorBoundaryArn(account);
  const role: readonly Allowed[] = [{ operator: "StringEquals", key: "iam:PermissionsBoundary", value }];
  const own = (holder: PolicyHolder, allowed: readonly Allowed[]): readonly Found[] =>
    [...holder.inline].map(([name, document]) => ({
      where: `${holder.kind} ${holder.name}/${name}`,
      document,
      allowed,
    }));
  return [
    ...[...users, ...groups].flatMap((holder) => own(holder, PEOPLE)),
    ...roles.flatMap((holder) => [
      ...own(holder, role),
      { where: `trust of ${holder.name}`, document: holder.trust, allowed: trustOf(claims, id, holder.name) },
    ]),
    ...[...policies].map(([where, document]) => ({ where, document, allowed: isUserAccount ? PEOPLE : role })),
  ];
}

type Statement = Readonly<Record<string, unknown>>;

function statementsOf(document: unknown): readonly Statement[] | undefined {
  if (!isRecord(document) || document["Version"] !== "2012-10-17") return undefined;
  const { Statement: statements } = document;
  return Array.isArray(statements) && statements.every(isRecord) ? statements : undefined;
}

const PARTS = new Set(["Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource", "Condition"]);

function strange(document: unknown, allowed: readonly Allowed[]): readonly string[] {
  const statements = statementsOf(document);
  if (!statements) return ["is not a list of statements of version 2012-10-17"];
  return statements.flatMap((statement, at) => [
    ...Object.keys(statement)
      .filter((part) => !PARTS.has(part))
      .map((part) => `has ${quote(part)} in statement ${at}, which no claim asks about`),
    ...conditionsOf(statement)
      .filter((condition) => !allowed.some((each) => fits(each, condition)))
      .map(
        ({ operator, key }) =>
          `has the condition ${operator} ${quote(key)} in statement ${at}, which no claim asks about`,
      ),
  ]);
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly value: unknown;
  readonly effect: unknown;
}

/** An operator whose keys cannot be read counts as an unknown condition. */
function conditionsOf({ Effect: effect, Condition: block }: Statement): readonly Condition[] {
  if (block === undefined) return [];
  if (!isRecord(block)) return [{ operator: "Condition", key: "", value: block, effect }];
  return Object.entries(block).flatMap(([operator, tests]): readonly Condition[] =>
    isRecord(tests)
      ? Object.entries(tests).map(([key, value]) => ({ operator, key, value, effect }))
      : [{ operator, key: "", value: tests, effect }],
  );
}

function fits(allowed: Allowed, { operator, key, value, effect }: Condition): boolean {
  if (allowed.operator !== operator || allowed.key !== key) return false;
  if (allowed.effect !== undefined && allowed.effect !== effect) return false;
  const { values } = allowed;
  if (values !== undefined) return [value].flat().every((each) => values.includes(each as string));
  const only = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof only === "string" && (allowed.value === undefined || allowed.value === only);
}

function unknownActions(document: unknown, isKnown: (pattern: string) => boolean): readonly string[] {
  return (statementsOf(document) ?? []).flatMap((statement, at) =>
    [...textsOf(statement["Action"]), ...textsOf(statement["NotAction"])]
      .filter((pattern) => !isKnown(pattern))
      .map((pattern) => `names ${quote(pattern)} in statement ${at}, which matches no action of the catalogue`),
  );
}

/** Patterns of a whole service, or of actions of one; each looked up once. */
function knownActions({ actions }: Catalogue): (pattern: string) => boolean {
  const byService = new Map<string, string[]>();
  for (const { name } of actions) {
    const [service = "", action = ""] = name.toLowerCase().split(":");
    const known = byService.get(service);
    if (known) known.push(action);
    else byService.set(service, [action]);
  }
  const answers = new Map<string, boolean>();
  return (pattern) => {
    const known = answers.get(pattern);
    if (known !== undefined) return known;
    const [service = "", action = ""] = pattern.toLowerCase().split(":");
    const glob = globOf(action);
    const answer = pattern === "*" || (byService.get(service) ?? []).some((name) => matchGlob(glob, name));
    answers.set(pattern, answer);
    return answer;
  };
}

function textsOf(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
