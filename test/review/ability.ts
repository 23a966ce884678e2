import { compileAccess } from "../../modules/access/compile";
import { accessDocuments } from "../../modules/access/plan-documents";
import { prepare, type Request, type Verdict, verdictOf } from "../../modules/evaluator/evaluate";
import { compilePolicy } from "../../modules/evaluator/policy";
import type { AccountDocuments, RoleDocuments } from "../../modules/iam/account-documents";
import { roleArn, sessionArn, userArn } from "../../modules/iam/arn";
import { compileAccount } from "../../modules/proof/checks/compiled-account";
import { contextAt, isoOf, SESSION_NAME, type SignIn } from "../../modules/proof/checks/moments";
import type { Roster } from "../../modules/roster/roster";
import { stableJson } from "../../modules/text";
import { MANAGED } from "./said";

/** How somebody goes about it. */
export interface Circumstances {
  readonly person: string;
  readonly accountId: string;
  readonly action: string;
  readonly at: Date;
  readonly signIn: SignIn;
  readonly sessionSeconds: number;
  /** What they call the session; their own name otherwise. */
  readonly sessionName?: string;
}

/** 0: not allowed, 1: it cannot be told, 2: allowed. */
export type Ability = 0 | 1 | 2;

/** Asks the evaluator what people can do through any role once a roster is applied, from the documents alone. */
export function abilitiesOf(roster: Roster, now: Date): (circumstances: Circumstances) => Ability {
  const access = compileAccess(roster, now);
  if (!access.ok) throw new Error(JSON.stringify(access.findings));
  const userAccountId = roster.userAccount.id;
  const documents = accessDocuments(access.value);
  const users = compileAccount(documents.find(({ id }) => id === userAccountId) ?? NOTHING, MANAGED);
  const identities = new Map(roster.people.map(({ key }) => [key, users.user(key)]));
  const roles = new Map(documents.map((account) => [account.id, rolesOf(account)]));
  return ({ person, accountId, action, at, signIn, sessionSeconds, sessionName = person }) => {
    const identity = identities.get(person);
    const context = { ...contextAt(isoOf(at.getTime()), signIn), [SESSION_NAME]: sessionName };
    const principal = { kind: "user", arn: userArn(roster.userAccount, "/", person) } as const;
    return worst(
      (roles.get(accountId) ?? []).map(({ arn, trust, maxSessionSeconds, doing }): Ability => {
        if (identity === undefined || sessionSeconds > maxSessionSeconds) return 0;
        const request = { principal, action: "sts:AssumeRole", resource: arn, context };
        const taken = abilityOf(verdictOf(request, { ...identity, resource: trust }));
        return taken === 0 ? 0 : least(taken, doing(action));
      }),
    );
  };
}

const NOTHING: AccountDocuments = {
  id: "",
  partition: "aws",
  users: [],
  groups: [],
  roles: [],
  policies: new Map(),
  unknowns: [],
};

function rolesOf(account: AccountDocuments) {
  const { textOf, role: compiled } = compileAccount(account, MANAGED);
  return account.roles.map((role) => ({
    arn: roleArn(account, role.path, role.name),
    trust: compilePolicy("trust", role.trust),
    maxSessionSeconds: role.maxSessionSeconds ?? 0,
    doing: doingOf(
      stableJson(textOf(role)).replaceAll(account.id, "\u0000"),
      () => {
        const { policies } = compiled(role.name) ?? { policies: { identity: [] } };
        return prepare(policies);
      },
      account,
      role,
    ),
  }));
}

const DONE = new Map<string, Map<string, Ability>>();

/** A session's right to an action anywhere, by its own side; equal roles are asked once. */
function doingOf(
  text: string,
  ask: () => (request: Request) => Verdict,
  account: AccountDocuments,
  { name, path }: RoleDocuments,
) {
  const known = DONE.get(text) ?? new Map<string, Ability>();
  DONE.set(text, known);
  const principal = {
    ...({ kind: "role-session", account: account.id } as const),
    ...{ arn: sessionArn(account, name, "person"), roleArn: roleArn(account, path, name) },
  };
  const context = contextAt("2026-11-22T12:00:00Z", { what: "a session", context: {} });
  return (action: string): Ability => {
    const before = known.get(action);
    if (before !== undefined) return before;
    const ability = abilityOf(ask()({ principal, action, resource: "*", resourceAccount: account.id, context }));
    known.set(action, ability);
    return ability;
  };
}

function abilityOf(verdict: Verdict): Ability {
  return verdict === "allowed" ? 2 : verdict === "unknown" ? 1 : 0;
}

function least(one: Ability, other: Ability): Ability {
  return one < other ? one : other;
}

function worst(all: readonly Ability[]): Ability {
  return all.includes(2) ? 2 : all.includes(1) ? 1 : 0;
}
