import { quote, didYouMean } from "../../text";
import type { AccessClaims, ClaimedPerson } from "../../proof/claims";
import { ask, askUserAccount, type Question, type TierAnswer } from "../../proof/ask";
import { askOthers, isWhole, type OtherWay } from "../../proof/ask-others";
import { withMfa } from "../../proof/checks/moments";
import type { Decision, Verdict } from "../../evaluator/evaluate";
import { decidingText } from "../../report/proof";
import type { Context } from "../../machine/context";
import { type DocumentSource, readDocuments } from "./proof-documents";
import { managedPolicies, readCatalogue, readClaims } from "./proof-data";

export interface CanOptions extends DocumentSource {
  readonly json: boolean;
  /** All tiers and all states of MFA, not the answer alone. */
  readonly explain?: boolean;
}

/** What `rolecall can` was asked. */
export interface Asked {
  readonly person: string;
  readonly account: string;
  readonly action?: string;
  readonly resource?: string;
}

/**
 * Whether one person can do one thing in one account, through any role they can take with fresh MFA, and which statements
 * decide. Exit 0 yes, 1 no, 2 unknown or not answerable, 3 not through the roster's roles: a no takes every role there is, which
 * only live accounts tell.
 */
export async function can(context: Context, asked: Asked, options: CanOptions): Promise<number> {
  const claims = await readClaims(context, options.roster);
  if (!claims) return 2;
  const person = claims.people.find(({ name }) => name === asked.person);
  const problem = problemOf(context, claims, person, asked);
  if (problem !== undefined || !person) {
    context.stderr(`${problem}\n`);
    return 2;
  }
  const documents = await readDocuments(context, options, claims);
  // A no needs every account, and the reason was said.
  if (!documents || documents.unread.length > 0) return 2;
  const question: Question = {
    ...asked,
    person,
    claims,
    documents: documents.accounts,
    managed: managedPolicies(context),
    now: context.now,
  };
  const answer = asked.account === claims.userAccount.key ? answerUserAccount : answerTiers;
  return answer(context, question, options);
}

function problemOf(
  context: Context,
  claims: AccessClaims,
  person: ClaimedPerson | undefined,
  { person: name, account, action, resource }: Asked,
): string | undefined {
  const people = claims.people.map((each) => each.name);
  if (!person) return `unknown person ${quote(name)}${didYouMean(name, people) || "; rolecall matrix lists them"}`;
  const keys = [claims.userAccount.key, ...claims.accounts.map(({ key }) => key)];
  if (!keys.includes(account))
    return `unknown account ${quote(account)}${didYouMean(account, keys) || `; known are ${keys.join(", ")}`}`;
  if (action === undefined) return undefined;
  if (resource !== undefined && resource !== "*" && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*:./.test(resource))
    return `${quote(resource)} is no resource; give an ARN or "*"`;
  const actions = readCatalogue(context).actions.map((each) => each.name);
  const known = actions.some((each) => each.toLowerCase() === action.toLowerCase());
  const service = `${action.slice(0, action.indexOf(":") + 1)}`.toLowerCase();
  const near = actions.filter((each) => each.toLowerCase().startsWith(service));
  return known
    ? undefined
    : `unknown action ${quote(action)}${didYouMean(action, near) || "; write it as service:Action"}`;
}

function answerUserAccount(context: Context, question: Question, { json }: CanOptions): number {
  const { verdict: own, deciding } = askUserAccount(question, withMfa(0));
  const others = askOthers(question);
  const verdict = eitherOf(own, others);
  if (json) sayJson(context, question, { verdict, deciding, others });
  else
    context.stdout(
      `${headline(verdict, question)}\n${reasons({ verdict: own, deciding })}${waysText(others)}${limits(verdict, question)}`,
    );
  return exitOf(verdict, question);
}

function answerTiers(context: Context, question: Question, { json, explain }: CanOptions): number {
  const answers = ask(question);
  const others = askOthers(question);
  const verdict = eitherOf(together(answers), others);
  if (json) {
    sayJson(context, question, { verdict, tiers: answers, others });
    return exitOf(verdict, question);
  }
  const granted = answers.filter(({ grants }) => grants.length > 0);
  const shown = [...granted, ...answers.filter((each) => !granted.includes(each))];
  const tiers = shown.map((each) => tierText(each, explain === true)).join("");
  const more = `${waysText(others)}${otherResources(question, answers)}${limits(verdict, question)}`;
  context.stdout(`${headline(verdict, question)}\n${tiers}${more}`);
  return exitOf(verdict, question);
}

/** `asked` says what the verdict is about: a denial by the roster's roles alone is no denial. */
function sayJson(context: Context, question: Question, data: Readonly<Record<string, unknown>>): void {
  const { person, account, action } = question;
  const asked = isWhole(question) ? "every role" : "the roster's roles";
  const head = { person: person.name, account, ...(action === undefined ? {} : { action }), asked };
  context.stdout(`${JSON.stringify({ schemaVersion: 2, command: "can", ...head, ...data })}\n`);
}

function eitherOf(verdict: Verdict, others: readonly OtherWay[]): Verdict {
  const all = [verdict, ...others.map((each) => each.verdict)];
  return all.find((each) => each === "allowed") ?? all.find((each) => each === "unknown") ?? verdict;
}

function waysText(others: readonly OtherWay[]): string {
  return others
    .map(({ role, through, verdict, doing }) => {
      const way = [...through, role].map(quote).join(", then ");
      const perhaps = verdict === "unknown" ? "perhaps " : "";
      const lines = [`  ${perhaps}as ${way}, which the roster does not grant`, ...(doing ? indented(doing) : [])];
      return `${lines.join("\n")}\n`;
    })
    .join("");
}

/** What a no was not asked about. */
function limits(verdict: Verdict, question: Question): string {
  if (verdict === "allowed" || verdict === "unknown") return "";
  return isWhole(question)
    ? "  every role of every account was asked; not followed: compute that carries a role, other ways to sign in, policies of resources\n"
    : "  roles that others made were not read; ask again with --live\n";
}

/** Without a resource the question is about none in particular, and a no may be a yes elsewhere. */
function otherResources({ resource }: Question, answers: readonly TierAnswer[]): string {
  const elsewhere = answers.some(({ doing }) => doing?.deciding.some(({ why }) => why.includes("is not about")));
  return resource === undefined && elsewhere ? "  it depends on the resource: ask again with its ARN\n" : "";
}

/** Yes when one tier gives both; unknown when one perhaps does. */
function together(answers: readonly TierAnswer[]): Verdict {
  const both = answers.map(({ canTake, doing }) => [canTake.verdict, doing?.verdict ?? "allowed"] as const);
  if (both.some((pair) => pair.every((verdict) => verdict === "allowed"))) return "allowed";
  const perhaps = both.some((pair) => pair.every((verdict) => verdict === "allowed" || verdict === "unknown"));
  return perhaps ? "unknown" : "implicitly denied";
}

function headline(verdict: Verdict, question: Question): string {
  const { person, account, action = "take a role", resource } = question;
  const what = `${action}${resource === undefined ? "" : ` on ${resource}`} in ${account}`;
  if (verdict === "allowed") return `yes: ${person.name} can ${what}`;
  if (verdict === "unknown") return `unknown: perhaps ${person.name} can ${what}`;
  return isWhole(question)
    ? `no: ${person.name} cannot ${what}`
    : `not through the roster's roles: ${person.name} cannot ${what} by any of them`;
}

function tierText({ tier, grants, canTake, doing, taking }: TierAnswer, explain: boolean): string {
  if (!explain && canTake.verdict !== "allowed" && canTake.verdict !== "unknown") return "";
  const through = grants.map(({ through: name, place }) => `${name}, ${place.file}:${place.line}:${place.column}`);
  const lines = [`  as ${tier}${through.length > 0 ? ` (${through.join("; ")})` : " (not granted)"}`];
  if (explain)
    for (const { signIn, decision } of taking)
      lines.push(`    taking it ${signIn.what}: ${decision.verdict}`, ...indented(decision));
  if (doing) lines.push(`    ${doing.verdict}`, ...indented(doing));
  return `${lines.join("\n")}\n`;
}

function indented(decision: Decision): readonly string[] {
  return decision.deciding.slice(0, 4).map((each) => `      ${decidingText(each)}`);
}

function reasons(decision: Decision): string {
  return `${indented(decision).join("\n")}\n`;
}

function exitOf(verdict: Verdict, question: Question): number {
  if (verdict === "unknown") return 2;
  if (verdict === "allowed") return 0;
  return isWhole(question) ? 1 : 3;
}
