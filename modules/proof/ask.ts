import type { AccountDocuments } from "../iam/account-documents";
import { accountOf, sampleArn } from "../iam/arn";
import { compileAccount, type CompiledAccount, type ManagedPolicies } from "./checks/compiled-account";
import { contextAt, isoOf, SESSION_NAME, type SignIn, signIns, signInWithMfa } from "./checks/moments";
import { RoleQuestion } from "./checks/role-question";
import type { AccessClaims, ClaimedGrant, ClaimedPerson, ClaimedRole } from "./claims";
import { type Decision, evaluate } from "../evaluator/evaluate";

/** One person in one account. */
export interface Question {
  readonly claims: AccessClaims;
  readonly documents: readonly AccountDocuments[];
  readonly managed: ManagedPolicies;
  readonly now: Date;
  readonly person: ClaimedPerson;
  /** Key of the account. */
  readonly account: string;
  readonly action?: string;
  /** ARN. @default any resource of the account */
  readonly resource?: string;
}

/** What the person can do in the account through one tier, with fresh MFA. */
export interface TierAnswer {
  readonly tier: string;
  readonly grants: readonly ClaimedGrant[];
  /** Taking the role, in every state of MFA that makes a difference. */
  readonly taking: readonly { readonly signIn: SignIn; readonly decision: Decision }[];
  readonly canTake: Decision;
  /** The action, in a session of the role; absent without an action. */
  readonly doing?: Decision;
}

/** What the documents say for each tier of the account, and for the person themself in the user account. */
export function askTiers(question: Question): readonly TierAnswer[] {
  const accounts = new Map(question.documents.map((each) => [each.id, compileAccount(each, question.managed)]));
  return question.claims.roles
    .filter(({ account }) => account === question.account)
    .flatMap((role) => answer(question, role, accounts) ?? []);
}

function answer(
  { claims, person, action, resource, now }: Question,
  role: ClaimedRole,
  accounts: ReadonlyMap<string, CompiledAccount>,
): TierAnswer | undefined {
  const identity = accounts.get(claims.userAccount.id)?.user(person.name) ?? { identity: [] };
  const live = accounts.get(role.accountId)?.role(role.tier);
  if (!live) return undefined;
  const take = (signIn: SignIn) => ({
    signIn,
    decision: evaluate(
      {
        principal: { kind: "user", arn: person.arn },
        action: "sts:AssumeRole",
        resource: role.arn,
        context: { ...contextAt(isoOf(now.getTime()), signIn), [SESSION_NAME]: person.name },
      },
      { ...identity, resource: live.trust },
    ),
  });
  const base = {
    tier: role.tier,
    grants: person.grants.filter(({ roleArn }) => roleArn === role.arn),
    taking: signIns(role.mfaAgeSeconds).map(take),
    canTake: take(signInWithMfa(0)).decision,
  };
  if (action === undefined) return base;
  const target = resource ?? sampleArn(accountOf(role), action.slice(0, action.indexOf(":")));
  return {
    ...base,
    doing: new RoleQuestion(role, live, now.getTime()).decide(action, target, { isSample: resource === undefined }),
  };
}

/** What the person's own policies say in the user account. */
export function askUserAccount(
  { claims, documents, managed, person, now, action, resource }: Question,
  signIn: SignIn,
): Decision {
  const found = documents.find(({ id }) => id === claims.userAccount.id);
  const identity = (found && compileAccount(found, managed).user(person.name)) ?? { identity: [] };
  const context = contextAt(isoOf(now.getTime()), signIn);
  const principal = { kind: "user", arn: person.arn } as const;
  return evaluate({ principal, action: action ?? "", resource: resource ?? person.arn, context }, identity);
}
