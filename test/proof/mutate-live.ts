import type { AccountDocuments } from "../../modules/iam/account-documents";
import type { AccountGuards, PasswordRules } from "../../modules/iam/account-guards";

interface Live {
  readonly documents: readonly AccountDocuments[];
  readonly guards: readonly AccountGuards[];
}

export interface LiveMutant extends Live {
  readonly what: string;
}

const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
/** Gives nothing: what it is about is the addition. */
const NOTHING = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "ec2:GetConsoleOutput", Resource: "*" }],
};

/** What somebody may have changed by hand in accounts: sessions, additions beyond the lists, members, alias, passwords. */
export function* liveMutants({ documents, guards }: Live): Generator<LiveMutant> {
  for (const [index, account] of documents.entries()) {
    const put = (what: string, patch: Partial<AccountDocuments>): LiveMutant => ({
      what: `${account.id}: ${what}`,
      documents: documents.map((each, at) => (at === index ? { ...each, ...patch } : each)),
      guards,
    });
    for (const role of account.roles) {
      const change = (what: string, patch: object) =>
        put(`role ${role.name} ${what}`, {
          roles: account.roles.map((each) => (each === role ? { ...each, ...patch } : each)),
        });
      for (const seconds of [0, 900, 3601, 7200, 43_200, undefined])
        yield change(`has sessions of ${String(seconds)}`, { maxSessionSeconds: seconds });
      yield* additions(role, change);
    }
    for (const group of account.groups) {
      const change = (what: string, patch: object) =>
        put(`group ${group.name} ${what}`, {
          groups: account.groups.map((each) => (each === group ? { ...each, ...patch } : each)),
        });
      yield* additions(group, change);
      yield change("holds a stranger", { members: [...group.members, "stranger"] });
      yield change("lost a member", { members: group.members.slice(1) });
    }
    for (const user of account.users) {
      const change = (what: string, patch: object) =>
        put(`user ${user.name} ${what}`, {
          users: account.users.map((each) => (each === user ? { ...each, ...patch } : each)),
        });
      yield* additions(user, change);
    }
  }
  yield* guardMutants({ documents, guards });
}

interface Holder {
  readonly inline: ReadonlyMap<string, unknown>;
  readonly attached: readonly string[];
}

function* additions(
  { inline, attached }: Holder,
  change: (what: string, patch: object) => LiveMutant,
): Generator<LiveMutant> {
  yield change("got an inline policy", { inline: new Map([...inline, ["by-hand", NOTHING]]) });
  yield change("got an attached policy", { attached: [...attached, READ_ONLY] });
  const [first] = inline.keys();
  if (first !== undefined)
    yield change("lost a policy", { inline: new Map([...inline].filter(([name]) => name !== first)) });
}

const RULES: readonly (readonly [keyof PasswordRules, unknown])[] = [
  ...[0, 6, 13, undefined].map((value) => ["minimumLength", value] as const),
  ...[0, 23, undefined].map((value) => ["reusePrevention", value] as const),
  ["maxAgeDays", undefined],
  ...(["requireLowercase", "requireUppercase", "requireNumbers", "requireSymbols", "allowChange"] as const).flatMap(
    (key) => [false, undefined].map((value) => [key, value] as const),
  ),
  ["hardExpiry", true],
  ["hardExpiry", undefined],
];

function* guardMutants({ documents, guards }: Live): Generator<LiveMutant> {
  for (const [index, account] of guards.entries()) {
    const put = (what: string, patch: Partial<AccountGuards>): LiveMutant => ({
      what: `${account.id}: ${what}`,
      documents,
      guards: guards.map((each, at) => (at === index ? { ...each, ...patch } : each)),
    });
    if (account.aliases.length > 0) {
      yield put("lost its alias", { aliases: [] });
      yield put("has another alias", { aliases: ["other"] });
    }
    const [rules] = account.passwordPolicies;
    if (!rules) continue;
    yield put("lost its password policy", { passwordPolicies: [] });
    for (const [key, value] of RULES)
      yield put(`password policy ${key} ${String(value)}`, { passwordPolicies: [{ ...rules, [key]: value }] });
  }
}
