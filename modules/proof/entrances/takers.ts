import type { AccountDocuments, RoleDocuments } from "../../iam/account-documents";
import { accountOf, roleArn, sessionArn } from "../../iam/arn";
import type { PartitionId } from "../../iam/partition";
import { type Policies, type Principal, type Request, verdictOf, type Verdict } from "../../evaluator/evaluate";
import { type CompiledPolicy, compilePolicy } from "../../evaluator/policy";
import { permits } from "../checks/breach";
import { compileAccount, type CompiledAccount, type ManagedPolicies } from "../checks/compiled-account";
import {
  CONSOLE_WITHOUT_MFA,
  contexts,
  LONG_TERM_KEYS,
  SESSION_NAME,
  type SignIn,
  signInWithMfa,
} from "../checks/moments";
import type { AccessClaims, ClaimedPerson } from "../claims";
import { loosened, loosenedNow, withTexts } from "./loosened";
import { readTrust } from "./read-trust";

/** A role of any account, ready to be asked who takes it. */
export interface StandingRole {
  readonly accountId: string;
  readonly partition: PartitionId;
  readonly arn: string;
  readonly documents: RoleDocuments;
  readonly policies: Policies;
  /** Read in the caller's favour. */
  readonly trust: CompiledPolicy;
  /** Sessions that the trust names one by one. */
  readonly sessions: readonly string[];
  /** False where the trust names only services and providers: then no role and no user takes it. */
  readonly isForRoles: boolean;
}

export interface Taking {
  readonly role: StandingRole;
  readonly signIn: SignIn;
  readonly verdict: Verdict;
}

const EVERYTHING = compilePolicy("a policy that allows everything", {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});

/** How documents are read, and which verdicts count as a yes. */
interface Reading {
  readonly read: (document: unknown) => unknown;
  readonly readTrust: (document: unknown) => unknown;
  readonly accepts: (verdict: Verdict) => boolean;
}

/** Whatever cannot be judged is in the caller's favour: who then takes nothing, takes nothing. */
export const GENEROUS: Reading = { read: loosenedNow, readTrust: loosened, accepts: permits };
/** Only what is certain: who then takes a role, takes it. */
export const EXACT: Reading = {
  read: (text) => text,
  readTrust: (text) => text,
  accepts: (verdict) => verdict === "allowed",
};

/** Every role of the accounts, of those without an inventory only the roster's, and who takes it. */
export class Takers {
  readonly roles: readonly StandingRole[];
  private readonly users: CompiledAccount | undefined;
  private readonly contextOf = contexts();
  private readonly signIns = [LONG_TERM_KEYS, CONSOLE_WITHOUT_MFA, signInWithMfa(0)];

  constructor(
    claims: Pick<AccessClaims, "userAccount">,
    documents: readonly AccountDocuments[],
    managed: ManagedPolicies,
    private readonly now: number,
    private readonly reading: Reading = GENEROUS,
  ) {
    const { read } = reading;
    const opened = documents.map((account) => openAccount(account, read));
    const home = opened.find(({ id }) => id === claims.userAccount.id);
    this.users = home && compileAccount(home, managedOf(home, managed, read));
    this.roles = opened.flatMap((account) => rolesOf(account, managedOf(account, managed, read), reading));
  }

  /** The weakest sign-in with which the person takes the role directly. */
  byPerson(person: ClaimedPerson, role: StandingRole): Taking | undefined {
    if (!role.isForRoles) return undefined;
    const identity = this.users?.user(person.name) ?? { identity: [] };
    const principal: Principal = { kind: "user", arn: person.arn };
    for (const signIn of this.signIns) {
      const verdict = this.ask(principal, identity, role, signIn);
      if (this.reading.accepts(verdict)) return { role, signIn, verdict };
    }
    return undefined;
  }

  /** Whether the trust lets the person in without MFA, if their own policies allowed everything. */
  asksNoMfa(person: ClaimedPerson, role: StandingRole): boolean {
    const principal: Principal = { kind: "user", arn: person.arn };
    const identity = { identity: [EVERYTHING] };
    return [LONG_TERM_KEYS, CONSOLE_WITHOUT_MFA].some((signIn) => permits(this.ask(principal, identity, role, signIn)));
  }

  /** Whether a session of the one role takes the other. */
  bySession(taker: StandingRole, role: StandingRole): boolean {
    if (taker.arn === role.arn || !role.isForRoles) return false;
    const { accountId, arn, documents, policies } = taker;
    const session = sessionArn(accountOf(taker), documents.name, "");
    const names = [`${session}any`, ...role.sessions.filter((each) => each.startsWith(session))];
    return names.some((name) =>
      this.reading.accepts(
        this.ask({ kind: "role-session", arn: name, account: accountId, roleArn: arn }, policies, role, LONG_TERM_KEYS),
      ),
    );
  }

  /** Every role the person comes to, directly or through sessions of others, each with the roles before it. */
  reach(person: ClaimedPerson): ReadonlyMap<StandingRole, readonly StandingRole[]> {
    const found = new Map<StandingRole, readonly StandingRole[]>();
    const queue: StandingRole[] = [];
    const add = (role: StandingRole, way: readonly StandingRole[]) => {
      found.set(role, way);
      queue.push(role);
    };
    for (const role of this.roles) if (this.byPerson(person, role)) add(role, []);
    for (let taker = queue.shift(); taker; taker = queue.shift())
      for (const role of this.roles)
        if (!found.has(role) && this.bySession(taker, role)) add(role, [...(found.get(taker) ?? []), taker]);
    return found;
  }

  private ask(principal: Principal, policies: Policies, role: StandingRole, signIn: SignIn): Verdict {
    const name = principal.arn.slice(principal.arn.lastIndexOf("/") + 1);
    const context = { ...this.contextOf(this.now, signIn), [SESSION_NAME]: name };
    const request: Request = { principal, action: "sts:AssumeRole", resource: role.arn, context };
    return verdictOf(request, { ...policies, resource: role.trust });
  }
}

type Read = Reading["read"];

function managedOf({ inventory }: AccountDocuments, managed: ManagedPolicies, read: Read): ManagedPolicies {
  const all = [...managed, ...(inventory?.managed ?? [])];
  return new Map(all.map(([arn, text]) => [arn, read(text)]));
}

/** The account with every document read so, and all of its roles. */
function openAccount(account: AccountDocuments, read: Read): AccountDocuments {
  const standing = account.inventory?.policies ?? [];
  const texts = standing.map(
    ({ arn, versions }) => [arn, versions.find(({ isDefault }) => isDefault)?.document] as const,
  );
  const policies = new Map([...account.policies, ...texts].map(([arn, text]) => [arn, read(text)]));
  const roles = account.inventory?.roles ?? account.roles;
  return {
    ...account,
    policies,
    users: account.users.map((user) => withTexts(user, read)),
    groups: account.groups.map((group) => withTexts(group, read)),
    roles: roles.map((role) => withTexts(role, read)),
  };
}

function rolesOf(account: AccountDocuments, managed: ManagedPolicies, reading: Reading): readonly StandingRole[] {
  const compiled = compileAccount(account, managed);
  return account.roles.flatMap((documents) => {
    const found = compiled.role(documents.name);
    if (!found) return [];
    const openings = readTrust(documents.trust, account.id);
    const named = openings.map(({ principal }) => principal);
    return {
      accountId: account.id,
      partition: account.partition,
      arn: roleArn(account, documents.path, documents.name),
      documents,
      policies: found.policies,
      trust: compilePolicy(`trust of ${documents.name}`, reading.readTrust(documents.trust)),
      sessions: named.filter((principal) => principal.includes(":assumed-role/")),
      isForRoles: openings.some(({ kind }) => !["service", "provider", "gone"].includes(kind)),
    };
  });
}
