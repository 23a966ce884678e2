import { quote, didYouMean } from "../../text";
import { jsonText } from "../json-text";
import type { AccessClaims, ClaimedPerson } from "../../proof/claims";
import { askTiers, askUserAccount, type Question, type TierAnswer } from "../../proof/ask";
import { askOthers, isWhole, type OtherWay } from "../../proof/ask-others";
import { signInWithMfa } from "../../proof/checks/moments";
import type { Decision, Verdict } from "../../evaluator/evaluate";
import { decidingText } from "../../report/proof";
import type { Context } from "../../machine/context";
import { type DocumentSource, readDocuments } from "./proof-documents";
import { needsOwnCredentials } from "../../evaluator/free-calls";
import { allOf, allOfTiers, allOfWays, freeText, meantBy } from "./can-call";
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
  const problem = problemOf(claims, person, asked);
  const meant = asked.action === undefined ? NOTHING_MEANT : meantBy(asked.action, readCatalogue(context));
  if (problem !== undefined || !person || meant.kind === "unanswerable") {
    context.stderr(`${problem ?? (meant.kind === "unanswerable" ? meant.why : "")}\n`);
    return 2;
  }
  if (meant.kind === "free") return sayFree(context, asked, meant.why, options);
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
  const each = meant.actions.map((action): Question => ({ ...question, action }));
  const questions = each.length === 0 ? [question] : each;
  const answer = asked.account === claims.userAccount.key ? answerUserAccount : answerTiers;
  return answer(context, { question, questions, ...meant }, options);
}

/** Without an action, the question is about taking roles alone. */
const NOTHING_MEANT = { kind: "actions", actions: [] } as const;

/** One question to the reader, and those that answer it: of a call that is authorized as several actions, one for each. */
interface AskedOf {
  readonly question: Question;
  readonly questions: readonly Question[];
  readonly actions: readonly string[];
  readonly note?: string;
}

function sayFree(context: Context, { person, account, action }: Asked, why: string, { json }: CanOptions): number {
  const data = { person, account, action, asked: "nothing", verdict: "allowed", why };
  if (json) context.stdout(jsonText("can", data));
  else context.stdout(`yes: ${person} can ${action} in ${account}\n  ${action} needs no permission: ${why}\n`);
  return 0;
}

function problemOf(
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
  return undefined;
}

function answerUserAccount(context: Context, asked: AskedOf, { json }: CanOptions): number {
  const { question, questions } = asked;
  const decision = allOf(questions.map((each) => askUserAccount(each, signInWithMfa(0))));
  const { verdict: own, deciding } = decision ?? askUserAccount(question, signInWithMfa(0));
  const others = allOfWays(questions.map(askOthers)).map((each) => withoutSample(question, each));
  const verdict = eitherOf(own, others);
  if (json) sayJson(context, asked, { verdict, deciding, others });
  else
    context.stdout(
      `${headline(verdict, question)}\n${noteText(asked)}${reasons({ verdict: own, deciding })}${waysText(others)}${limits(verdict, question)}`,
    );
  return exitOf(verdict, question);
}

function answerTiers(context: Context, asked: AskedOf, { json, explain }: CanOptions): number {
  const { question, questions } = asked;
  const answers = allOfTiers(questions.map(askTiers)).map((each) => withoutSample(question, each));
  const others = allOfWays(questions.map(askOthers)).map((each) => withoutSample(question, each));
  const said = eitherOf(together(answers), others);
  const depends = said !== "allowed" && dependsOnResource(question, answers, others);
  const verdict = depends ? "unknown" : said;
  if (json) {
    sayJson(context, asked, { verdict, tiers: answers, others });
    return exitOf(verdict, question);
  }
  const granted = answers.filter(({ grants }) => grants.length > 0);
  const shown = [...granted, ...answers.filter((each) => !granted.includes(each))];
  const tiers = shown.map((each) => tierText(each, explain === true)).join("");
  const more = `${waysText(others)}${limits(verdict, question)}`;
  const head = depends ? dependsText(question) : headline(verdict, question);
  context.stdout(`${head}\n${noteText(asked)}${tiers}${more}`);
  return exitOf(verdict, question);
}

/** Of a name that is no action, or needs no permission: said first. */
function noteText({ question: { action = "", account, claims }, note }: AskedOf): string {
  const free = freeText(action);
  const own = free === undefined || account === claims.userAccount.key ? "" : ownKeysText(action);
  const said = note ?? free;
  return said === undefined ? "" : `  ${said}${own}\n`;
}

function ownKeysText(action: string): string {
  return needsOwnCredentials(action) ? ", but a user's own keys; ask about the user account" : "";
}

/** `asked` says what the verdict is about: a denial by the roster's roles alone is no denial. */
function sayJson(
  context: Context,
  { question, actions, note }: AskedOf,
  data: Readonly<Record<string, unknown>>,
): void {
  const { person, account, action } = question;
  const asked = isWhole(question) ? "every role" : "the roster's roles";
  const head = {
    person: person.name,
    account,
    ...(action === undefined ? {} : { action }),
    ...(note === undefined ? {} : { actions, note }),
    asked,
  };
  context.stdout(jsonText("can", { ...head, ...data }));
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

/** Without a resource the question is about none in particular, and a no of a role that the person can take may be a yes elsewhere. */
function dependsOnResource(
  { resource }: Question,
  answers: readonly TierAnswer[],
  others: readonly OtherWay[],
): boolean {
  if (resource !== undefined) return false;
  const taken = answers.filter(({ canTake: { verdict } }) => verdict === "allowed" || verdict === "unknown");
  return [...taken, ...others].some(({ doing }) => doing?.deciding.some(({ why }) => why.includes(ELSEWHERE)));
}

function dependsText({ person, account, action = "" }: Question): string {
  return `it depends on the resource whether ${person.name} can ${action} in ${account}: ask again with its ARN`;
}

const ELSEWHERE = "is about certain resources only";

/** Where no resource was given, a made-up one was asked about, which is nobody's business. */
function withoutSample<T extends { readonly doing?: Decision }>({ resource }: Question, answer: T): T {
  const { doing } = answer;
  if (resource !== undefined || doing === undefined) return answer;
  const deciding = doing.deciding.map((each) => ({
    ...each,
    why: each.why
      .replace(/is not about "arn:[^"]*:sample\/sample"/, ELSEWHERE)
      .replace(/ on "arn:[^"]*:sample\/sample"/, ""),
  }));
  return { ...answer, doing: { ...doing, deciding } };
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
