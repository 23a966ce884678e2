import { accountOf, roleArn } from "../../iam/arn";
import { quote } from "../../text";
import type { AccessClaims, ClaimedGrant, ClaimedPerson, ClaimedRole } from "../claims";
import { type Decision, evaluate, type Policies, type Request, verdictOf } from "../../evaluator/evaluate";
import { type Breach, type CheckResult, isWrong } from "./breach";
import type { CompiledAccount, CompiledRole } from "./compiled-account";
import { nameKind, userTexts } from "./alike";
import { contexts, SESSION_NAME, type SignIn, signIns } from "./moments";
import { fittingNames } from "./session-names";

/** Long after every end date: what is to end must have ended, what has no end must not. */
const FAR_YEARS = 30;
const MAX_BREACHES = 200;
/** No user's name: it is longer than one may be. */
const SOMEBODY_ELSE = "somebody-else".padEnd(65, "x");

/**
 * Every person and every role, at every moment and in every state of MFA that makes a difference: the role can be taken
 * exactly when the roster says so. People with equal documents and equal grants are one case.
 */
export function checkAssume(
  claims: AccessClaims,
  accounts: ReadonlyMap<string, CompiledAccount>,
  now: number,
): CheckResult {
  const users = accounts.get(claims.userAccount.id);
  const targets = claims.roles.map(
    (role): Target => ({
      role,
      live: liveRole(accounts, role),
      states: signIns(role.mfaAgeSeconds),
      names: fittingNames(role.sessionNames),
    }),
  );
  const tally: Tally = { questions: 0, breaches: [] };
  const context = contexts();
  for (const each of cases(claims, users)) {
    const identity = users?.user(each.person.name);
    const grants = byRole(each.person);
    for (const target of targets) {
      const granted = grants.get(target.role.arn) ?? [];
      if (identity && target.live) {
        const policies: Policies = { ...identity, resource: target.live.trust };
        askAllWays({ ...each, target, granted, policies, context }, now, tally);
      } else if (granted.some(({ until }) => until === undefined || Date.parse(until) > now))
        tally.breaches.push(missing(each.person, target.role, granted, identity === undefined));
    }
  }
  return { title: "people take exactly the roles the roster grants them", ...tally };
}

interface Tally {
  questions: number;
  readonly breaches: Breach[];
}

/** One person, or several alike, and one role that exist. */
interface Pair extends Case {
  readonly target: Target;
  readonly granted: readonly ClaimedGrant[];
  readonly policies: Policies;
  readonly context: ReturnType<typeof contexts>;
}

function askAllWays(pair: Pair, now: number, tally: Tally): void {
  const { person, alike, target, granted, policies, context } = pair;
  const { role } = target;
  for (const instant of instants(granted, now))
    for (const signIn of target.states) {
      const taken = isGranted(granted, instant, signIn, role);
      // Under a name that is not theirs nobody takes a role; where nothing is taken, the name makes no difference.
      // Names that the tier takes as well are in another statement: asked in every state.
      for (const name of [person.name, ...(taken ? [SOMEBODY_ELSE] : []), ...target.names]) {
        tally.questions++;
        const expected = taken && name !== SOMEBODY_ELSE;
        const request = requestOf(person, role, { ...context(instant, signIn), [SESSION_NAME]: name });
        if (!isWrong(verdictOf(request, policies), expected) || tally.breaches.length >= MAX_BREACHES) continue;
        const asked = { person, alike, role, granted, expected, signIn, request };
        tally.breaches.push(breachOf(asked, evaluate(request, policies)));
      }
    }
}

interface Target {
  readonly role: ClaimedRole;
  readonly live: CompiledRole | undefined;
  readonly states: readonly SignIn[];
  /** Names of sessions besides the person's. */
  readonly names: readonly string[];
}

interface Case {
  readonly person: ClaimedPerson;
  /** How many more are the same case. */
  alike: number;
}

function cases({ people }: AccessClaims, users: CompiledAccount | undefined): readonly Case[] {
  const texts = users && userTexts(users);
  const found = new Map<string, Case>();
  for (const person of people) {
    const grants = person.grants.map(({ roleArn, until }) => [roleArn, until]);
    const key = JSON.stringify([nameKind(person.name), texts?.(person.name) ?? person.name, grants]);
    const known = found.get(key);
    if (known) known.alike += person.isNewcomer ? 0 : 1;
    else found.set(key, { person, alike: 0 });
  }
  return [...found.values()];
}

function liveRole(accounts: ReadonlyMap<string, CompiledAccount>, role: ClaimedRole): CompiledRole | undefined {
  const live = accounts.get(role.accountId)?.role(role.tier);
  return live && roleArn(accountOf(role), live.documents.path, live.documents.name) === role.arn ? live : undefined;
}

function byRole({ grants }: ClaimedPerson): ReadonlyMap<string, readonly ClaimedGrant[]> {
  const found = new Map<string, ClaimedGrant[]>();
  for (const grant of grants) found.set(grant.roleArn, [...(found.get(grant.roleArn) ?? []), grant]);
  return found;
}

/** Now, far from now, and both sides of every end. */
function instants(granted: readonly ClaimedGrant[], now: number): readonly number[] {
  const ends = granted.flatMap(({ until }) => (until === undefined ? [] : [Date.parse(until)]));
  const far = now + FAR_YEARS * 365 * 86_400_000;
  return [...new Set([now, far, ...ends.flatMap((end) => [end - 1000, end])])].filter((instant) => instant >= now);
}

function isGranted(granted: readonly ClaimedGrant[], instant: number, signIn: SignIn, role: ClaimedRole): boolean {
  const fresh = signIn.sinceMfa !== undefined && signIn.sinceMfa < role.mfaAgeSeconds;
  return fresh && granted.some(({ until }) => until === undefined || instant < Date.parse(until));
}

function requestOf(person: ClaimedPerson, role: ClaimedRole, context: NonNullable<Request["context"]>): Request {
  return {
    principal: { kind: "user", arn: person.arn },
    action: "sts:AssumeRole",
    resource: role.arn,
    context,
  };
}

function missing(person: ClaimedPerson, role: ClaimedRole, granted: readonly ClaimedGrant[], noUser: boolean): Breach {
  const what = noUser ? "has no user" : `the role ${role.arn} does not exist`;
  return {
    claim: "role-can-be-taken",
    message: `${quote(person.name)} is granted ${role.tier} in ${role.account}, but ${what}`,
    account: role.account,
    deciding: [],
    place: granted[0]?.place,
    cure: "synthesize and apply again; nothing else creates it",
  };
}

interface Asked {
  readonly person: ClaimedPerson;
  readonly alike: number;
  readonly role: ClaimedRole;
  readonly granted: readonly ClaimedGrant[];
  readonly expected: boolean;
  readonly signIn: SignIn;
  readonly request: Request;
}

function breachOf({ person, alike, role, granted, expected, signIn, request }: Asked, decision: Decision): Breach {
  const called = request.context?.[SESSION_NAME];
  const other = called === SOMEBODY_ELSE ? " under another name" : ` with the session name ${quote(String(called))}`;
  const name = called === person.name ? "" : other;
  const when = `${signIn.what} at ${String(request.context?.["aws:CurrentTime"])}${name}`;
  const verb = expected ? "cannot take" : decision.verdict === "unknown" ? "can perhaps take" : "can take";
  return {
    claim: expected ? "role-can-be-taken" : "role-cannot-be-taken",
    message: `${quote(person.name)}${alike > 0 ? ` and ${alike} more` : ""} ${verb} ${role.tier} in ${role.account} ${when}`,
    account: role.account,
    verdict: decision.verdict,
    deciding: decision.deciding,
    place: granted[0]?.place ?? person.place,
    cure: expected
      ? "find the statement that prevents it; the roster grants it"
      : "remove what allows it, or grant it in the roster",
  };
}
