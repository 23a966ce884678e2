import type { AccountDocuments } from "../../iam/account-documents";
import { accountPrincipal, iamArn, userArn } from "../../iam/arn";
import { compileAccount } from "../../proof/checks/compiled-account";
import { permits } from "../../proof/checks/breach";
import { contextAt, isoOf, SESSION_NAME, signInWithMfa } from "../../proof/checks/moments";
import type { AccessClaims, ClaimedAccount } from "../../proof/claims";
import { prepare } from "../../evaluator/evaluate";
import { openTo } from "../../evaluator/policy";
import { compareText, isRecord } from "../../text";
import type { OpenRole } from "./other-roles";

/** A role whose sessions a person could have open. */
export interface ReachableRole {
  readonly account: ClaimedAccount;
  readonly roleName: string;
  readonly arn: string;
  /** What the roster lets sessions be called besides their person's name: these end only together. */
  readonly sessionNames: readonly string[];
}

export interface Reachable {
  readonly roles: readonly ReachableRole[];
  /** Roles, or patterns of them, that documents name and that are in no account of the roster: nobody can end sessions there from here. */
  readonly elsewhere: readonly string[];
}

/** Longest session: what ended since may still be open. */
const LOOK_BACK_MILLISECONDS = 12 * 3600 * 1000;

export interface ReachOptions {
  readonly now: Date;
  /** All tiers everywhere, for rights that were taken away before. */
  readonly everyRole: boolean;
  /** Roles of the roster's accounts other than the tiers', whose trust lets the user account in. */
  readonly others?: readonly OpenRole[];
}

/**
 * Every role the person could have taken in the last twelve hours: what the roster grants, whenever it ends, what live documents
 * allow or perhaps allow, and roles of the user account whose trust names the person, which asks for nothing else.
 */
export function reachableRoles(
  claims: AccessClaims,
  person: string,
  live: AccountDocuments | undefined,
  { now, everyRole, others = [] }: ReachOptions,
): Reachable {
  const granted = claims.people.find(({ name }) => name === person)?.grants.map(({ roleArn }) => roleArn) ?? [];
  const tiers = claims.roles.map(({ arn }) => arn);
  const named = live === undefined ? [] : namedRoles(live);
  const allowed = live === undefined ? () => false : mayTake(claims, live, person, now);
  const exact = named.filter((arn) => !/[*?]/.test(arn));
  const asked = [...new Set([...tiers, ...exact, ...others.map(({ arn }) => arn)])];
  const home = iamArn(claims.userAccount, "");
  const naming = others.filter(({ arn, trust }) => arn.startsWith(home) && trust.includes(`:user/${person}"`));
  const taken = new Set([
    ...granted,
    ...asked.filter(allowed),
    ...naming.map(({ arn }) => arn),
    ...(everyRole ? tiers : []),
  ]);
  const found = [...taken].map((arn) => ({ arn, account: accountOf(claims, arn) }));
  const namesOf = new Map(claims.roles.map(({ arn, sessionNames }) => [arn, sessionNames]));
  const roles = found.flatMap(({ arn, account }) =>
    account === undefined
      ? []
      : [{ account, arn, roleName: arn.slice(arn.lastIndexOf("/") + 1), sessionNames: namesOf.get(arn) ?? [] }],
  );
  const foreign = found.filter(({ account }) => account === undefined).map(({ arn }) => arn);
  const patterns = named.filter((arn) => /[*?]/.test(arn));
  return {
    roles: roles.sort((a, b) => compareText(a.account.key, b.account.key) || compareText(a.arn, b.arn)),
    elsewhere: [...new Set([...foreign, ...patterns])].sort(compareText),
  };
}

/**
 * Accounts of the roster whose roles have to be listed: all when documents allow roles other than by their plain ARNs (by
 * patterns, variables, exceptions, or in a text that cannot be read); else the user account, where a role's trust can be enough.
 */
export function accountsToList(claims: AccessClaims, live: AccountDocuments): readonly ClaimedAccount[] {
  const { users, groups, policies } = live;
  const documents = [...[...users, ...groups].flatMap(({ inline }) => [...inline.values()]), ...policies.values()];
  return [claims.userAccount, ...(documents.some(allowsVaguely) ? claims.accounts : [])];
}

const PLAIN_ROLE = /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;

function allowsVaguely(document: unknown): boolean {
  if (!isRecord(document)) return true;
  return [document["Statement"]].flat().some((statement) => {
    if (!isRecord(statement)) return true;
    const {
      Effect: effect,
      Action: action,
      Resource: resource,
      NotAction: notAction,
      NotResource: notResource,
    } = statement;
    const mayAssume = notAction !== undefined || [action].flat().some((each) => /^sts:|^[^:]*[*?]/i.test(String(each)));
    const isPlain = notResource === undefined && [resource].flat().every((each) => PLAIN_ROLE.test(String(each)));
    return effect !== "Deny" && mayAssume && !isPlain;
  });
}

function accountOf({ userAccount, accounts }: AccessClaims, arn: string): ClaimedAccount | undefined {
  return [userAccount, ...accounts].find((account) => arn.startsWith(iamArn(account, "role/")));
}

/** Whether the person's own side allows taking a role, now or at some time since the look-back, were its trust open. */
function mayTake(
  { userAccount }: AccessClaims,
  live: AccountDocuments,
  person: string,
  now: Date,
): (arn: string) => boolean {
  const policies = compileAccount(live, new Map()).user(person);
  if (policies === undefined) return () => false;
  const open = openTo(accountPrincipal(userAccount), "an open trust");
  const verdict = prepare({ ...policies, resource: open });
  const arn = userArn(userAccount, "/", person);
  const moments = [now.getTime(), now.getTime() - LOOK_BACK_MILLISECONDS];
  return (resource) =>
    moments.some((moment) =>
      permits(
        verdict({
          principal: { kind: "user", arn },
          action: "sts:AssumeRole",
          resource,
          context: { ...contextAt(isoOf(moment), signInWithMfa(0)), [SESSION_NAME]: person },
        }),
      ),
    );
}

/** Role ARNs and patterns that the documents' texts name. */
function namedRoles({ users, groups, policies }: AccountDocuments): readonly string[] {
  const documents = [...[...users, ...groups].flatMap(({ inline }) => [...inline.values()]), ...policies.values()];
  return [...new Set(JSON.stringify(documents).match(/arn:[^:"]*:iam::[^:"]*:role\/[^"]*/g) ?? [])];
}
