import { type Diagnosis, fail, unclear } from "../../client/doctor/check";
import { type Attempt, examineRole } from "../../client/doctor/role";
import { askTiers, type TierAnswer } from "../../proof/ask";
import type { AccessClaims, ClaimedPerson } from "../../proof/claims";
import { userArn } from "../../iam/arn";
import { Refusal } from "../../refusal";
import { didYouMean, quote } from "../../text";
import type { Finding } from "../../finding";
import type { Context } from "../../machine/context";
import { answerOf } from "./doctor-facts";
import type { OwnUser } from "./own-user";
import { managedPolicies, expectClaims } from "../proof/proof-data";
import { readDocuments } from "../proof/proof-documents";

interface Asker {
  readonly own?: OwnUser | undefined;
  readonly withMfa?: OwnUser | undefined;
}

/** A role of the roster that was asked about. */
export interface RoleInQuestion {
  readonly claims: AccessClaims;
  readonly account: string;
  readonly tier?: string | undefined;
  readonly roster?: string | undefined;
  /** Warnings of the roster. */
  readonly findings: readonly Finding[];
}

/** The role in question. Throws a `Refusal` when the roster has none such. */
export async function expectRole(
  context: Context,
  account: string,
  tier: string | undefined,
  roster: string | undefined,
): Promise<RoleInQuestion> {
  const { claims, findings } = await expectClaims(context, roster);
  const problem = problemOf(claims, account, tier);
  if (problem !== undefined) throw new Refusal(problem);
  return { claims, account, tier, roster, findings };
}

/** Why the role can or cannot be taken. */
export async function roleDiagnoses(
  context: Context,
  { claims, account, tier, roster }: RoleInQuestion,
  asker: Asker,
): Promise<readonly Diagnosis[]> {
  if (asker.own === undefined)
    return [unclear("the person is not known", "correct the credentials above, then run rolecall doctor again")];
  const { user, accountId } = asker.own;
  if (accountId !== claims.userAccount.id)
    return [
      fail(
        `your keys belong to ${quote(user)} in ${accountId}, and the people of this roster are in ${claims.userAccount.id}`,
        "name the profile of your own keys with --source-profile, or the right roster with --roster",
      ),
    ];
  const { accounts: documents } = await readDocuments(context, { roster }, claims);
  const person = personOf(claims, asker.own);
  const managed = managedPolicies(context);
  const answer = chosen(askTiers({ claims, documents, managed, now: context.now, person, account }), tier);
  if (answer === undefined)
    throw new Refusal(`the documents have no role for ${quote(tier ?? "any tier")} in ${account}`);
  const role = claims.roles.find((each) => each.account === account && each.tier === answer.tier);
  if (role === undefined) throw new Error("an answer about a role that is not claimed");
  return examineRole({
    person: person.name,
    people: claims.people.map(({ name }) => name),
    account,
    now: context.now,
    answer,
    mfaAgeSeconds: role.mfaAgeSeconds,
    attempt: await attempt(context, role.arn, person.name, asker),
  });
}

function problemOf({ accounts, roles, userAccount }: AccessClaims, account: string, tier: string | undefined) {
  const keys = accounts.map(({ key }) => key);
  if (account === userAccount.key) return `${quote(account)} is the user account, which has no roles to take`;
  if (!keys.includes(account))
    return `unknown account ${quote(account)}${didYouMean(account, keys) || `; known are ${keys.join(", ")}`}`;
  const tiers = roles.filter((role) => role.account === account).map((role) => role.tier);
  return tier === undefined || tiers.includes(tier)
    ? undefined
    : `unknown tier ${quote(tier)}${didYouMean(tier, tiers) || `; known are ${tiers.join(", ")}`}`;
}

/** A stranger has no grants, and the documents are still asked. */
function personOf({ people, userAccount }: AccessClaims, { user }: OwnUser): ClaimedPerson {
  const arn = userArn(userAccount, "/", user);
  return people.find(({ name }) => name === user) ?? { name: user, arn, place: userAccount.place, grants: [] };
}

/** Without a tier the weakest that was ever granted, else the weakest there is; roles come strongest first. */
function chosen(answers: readonly TierAnswer[], tier: string | undefined): TierAnswer | undefined {
  if (tier !== undefined) return answers.find((each) => each.tier === tier);
  return answers.filter(({ grants }) => grants.length > 0).at(-1) ?? answers.at(-1);
}

async function attempt(context: Context, roleArn: string, person: string, { own, withMfa }: Asker): Promise<Attempt> {
  const asker = withMfa ?? own;
  if (asker === undefined) return { kind: "not-tried", why: "there are no credentials" };
  if (context.env["ROLECALL_SANDBOX"]) return { kind: "not-tried", why: "the sandbox's AWS refuses nothing" };
  const { refusalOf } = await import("../../live/own-user");
  const answer = await answerOf(() => refusalOf(asker.source, roleArn, person));
  if (!answer.known) return { kind: "not-tried", why: answer.why };
  const since = withMfa?.mfaSince;
  const mfaSeconds = withMfa === undefined ? undefined : since === undefined ? 0 : secondsSince(since, context.now);
  return answer.value === undefined
    ? { kind: "taken", mfaSeconds }
    : { kind: "denied", mfaSeconds, words: answer.value };
}

function secondsSince(since: number, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - since) / 1000));
}
