import { freeCall, needsOwnCredentials } from "../../evaluator/free-calls";
import type { Context } from "../../machine/context";
import type { Question } from "../../proof/ask";
import { answerCan, type CanAnswer } from "../../proof/can";
import type { AccessClaims } from "../../proof/claims";
import { meantBy } from "../../proof/meant-actions";
import { Refusal } from "../../refusal";
import { renderCan } from "../../report/can";
import { didYouMean, quote } from "../../text";
import type { Answer } from "../answer";
import { define } from "../command";
import { jsonFlag, rosterFlag } from "../flags";
import { expectClaims, managedPolicies, readCatalogue } from "./proof-data";
import { type DocumentSource, readDocuments, unreadLines } from "./proof-documents";

/**
 * Whether one person can do one thing in one account, through any role they can take with fresh MFA, and which statements
 * decide. Exit 0 yes, 1 no, 2 unknown or not answerable, 3 not through the roster's roles: a no takes every role there is, which
 * only live accounts tell.
 */
export const can = define(
  {
    name: "can",
    about:
      "answer one question with its reason: can this person do this there, through any role, with fresh MFA? Exit 0 yes, 1 no (only --live can tell), 2 unknown, 3 not through the roster's roles",
    schemaVersion: 3,
    usage: (command) =>
      command
        .argument("<person>")
        .argument("<account>")
        .argument("[action]")
        .argument("[resource]")
        .option("--explain", "every tier, and taking it in every state of MFA")
        .option("--synth <dir>", "judge this synth output instead of synthesizing")
        .option("--live", "judge what the accounts really hold, read through their deploy roles")
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  async (context, { explain = false, ...source }, person, account, action, resource) =>
    askCan(context, { person, account, action, resource }, source, explain),
);

/** What `rolecall can` was asked. */
interface Asked {
  readonly person: string;
  readonly account: string;
  readonly action?: string | undefined;
  readonly resource?: string | undefined;
}

/** Also the answer of `prove --explain`. */
export async function askCan(
  context: Context,
  asked: Asked,
  source: DocumentSource,
  explain: boolean,
): Promise<Answer> {
  const { claims, findings } = await expectClaims(context, source.roster);
  const person = expectPerson(claims, asked.person);
  expectKnown(claims, asked);
  const { action, account, resource } = asked;
  const meant = action === undefined ? TAKING_A_ROLE : meantBy(action, readCatalogue(context));
  if (meant.kind === "unanswerable") throw new Refusal(meant.why);
  if (meant.kind === "free") return freeAnswer(asked, meant.why);
  const { accounts: documents, unread } = await readDocuments(context, source, claims);
  // A no needs every account.
  if (unread.length > 0) throw new Refusal(unreadLines(unread));
  const managed = managedPolicies(context);
  const question: Question = { claims, documents, managed, now: context.now, person, account, action, resource };
  const answer = answerCan(question, meant.actions);
  const note = meant.note ?? noteOnFree(question);
  return {
    exit: exitOf(answer),
    findings,
    text: renderCan(answer, { note, explain }),
    data: dataOf(answer, meant),
  };
}

/** Without an action, the question is only about taking roles. */
const TAKING_A_ROLE = { kind: "actions", actions: [], note: undefined } as const;

function expectPerson(claims: AccessClaims, name: string) {
  const person = claims.people.find((each) => each.name === name);
  if (person !== undefined) return person;
  const people = claims.people.map((each) => each.name);
  throw new Refusal(`unknown person ${quote(name)}${didYouMean(name, people) || "; rolecall matrix lists them"}`);
}

function expectKnown({ userAccount, accounts }: AccessClaims, { account, resource }: Asked): void {
  const keys = [userAccount.key, ...accounts.map(({ key }) => key)];
  if (!keys.includes(account))
    throw new Refusal(
      `unknown account ${quote(account)}${didYouMean(account, keys) || `; known are ${keys.join(", ")}`}`,
    );
  if (resource !== undefined && resource !== "*" && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*:./.test(resource))
    throw new Refusal(`invalid resource ${quote(resource)}; give an ARN or "*"`);
}

function freeAnswer({ person, account, action }: Asked, why: string): Answer {
  return {
    exit: 0,
    text: `yes: ${person} can ${action} in ${account}\n  ${action} needs no permission: ${why}\n`,
    data: { person, account, action, asked: "nothing", verdict: "allowed", why },
  };
}

/** Of a call that needs no permission of its own. */
function noteOnFree({ action, account, claims }: Question): string | undefined {
  if (action === undefined || freeCall(action.toLowerCase()) === undefined) return undefined;
  const isElsewhere = account !== claims.userAccount.key;
  const own = isElsewhere && needsOwnCredentials(action) ? ", but a user's own keys; ask about the user account" : "";
  return `${action} needs no permission${own}`;
}

/** `asked` says what the verdict is about: a denial by the roster's roles only is not a denial. */
function dataOf({ question, verdict, isWhole, tiers, own, others }: CanAnswer, meant: Meant): object {
  const { person, account, action } = question;
  return {
    person: person.name,
    account,
    action,
    actions: meant.note === undefined ? undefined : meant.actions,
    note: meant.note,
    asked: isWhole ? "every role" : "the roster's roles",
    verdict,
    deciding: own?.deciding,
    tiers,
    others,
  };
}

interface Meant {
  readonly actions: readonly string[];
  readonly note?: string | undefined;
}

function exitOf({ verdict, isWhole }: CanAnswer): number {
  if (verdict === "unknown") return 2;
  if (verdict === "allowed") return 0;
  return isWhole ? 1 : 3;
}
