import type { AccountDocuments, GroupDocuments, PolicyHolder } from "../../modules/iam/account-documents";
import type { Mutant } from "./mutate";

/* The class "extra object", in documents: something exists that nobody asked for, whether or not it gives somebody something. */

const EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const NOTHING = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] };
const NOBODY = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" }] };
const WITHOUT_TEXT = "arn:aws:iam::aws:policy/AWSDirectConnectFullAccess";

interface Change {
  readonly what: string;
  readonly account: AccountDocuments;
}

/** Every account with one thing more, one at a time. */
export function* objectMutants(accounts: readonly AccountDocuments[]): Generator<Mutant> {
  for (const [index, account] of accounts.entries()) {
    const changes = [...policies(account), ...groups(account), ...others(account), ...onHolders(account)];
    for (const { what, account: changed } of changes)
      yield { what: `${account.id}: ${what}`, documents: accounts.map((each, at) => (at === index ? changed : each)) };
    yield { what: `${account.id}: a second time`, documents: [...accounts, account] };
  }
  const place = { id: "999999999999", partition: "aws" } as const;
  const foreign = { ...place, users: [], groups: [], roles: [], policies: new Map(), unknowns: [] };
  yield { what: "an account more", documents: [...accounts, foreign] };
}

const TEXTS: readonly (readonly [string, unknown])[] = [
  ["everything", EVERYTHING],
  ["nothing", NOTHING],
  ["no text", undefined],
];

function* policies(account: AccountDocuments): Generator<Change> {
  const names = ["/extra", "/rolecall/extra", "/rolecall/team-developers-1", "/application/extra"];
  for (const name of names)
    for (const [what, text] of TEXTS) yield withPolicy(account, `a policy ${name} of ${what}`, name, text);
  for (const arn of account.policies.keys()) {
    const name = arn.slice(arn.indexOf(":policy") + ":policy".length);
    yield withPolicy(account, `${name} at another path`, `/other${name}`, account.policies.get(arn));
    yield withPolicy(account, `${name} in another spelling`, name.replace(/[a-z]$/, "Y"), account.policies.get(arn));
    yield withPolicy(
      account,
      `${name} in upper case`,
      name.replace(/[^/]+$/, (last) => last.toUpperCase()),
      EVERYTHING,
    );
  }
}

function withPolicy(account: AccountDocuments, what: string, name: string, text: unknown): Change {
  const arn = `arn:aws:iam::${account.id}:policy${name}`;
  return { what, account: { ...account, policies: new Map([...account.policies, [arn, text]]) } };
}

function* groups(account: AccountDocuments): Generator<Change> {
  const members = account.users.map(({ name }) => name);
  const known = account.groups.flatMap(({ name }) => [name, name.toUpperCase()]);
  for (const name of ["extra", "team-extra", ...known])
    for (const [path, who] of [
      ["/", []],
      ["/rolecall/", []],
      ["/", members],
    ] as const)
      for (const [what, holds] of [
        ["nothing", {}],
        ["everything inline", { inline: new Map([["extra", EVERYTHING]]) }],
        ["everything attached", { attached: ["arn:aws:iam::aws:policy/AdministratorAccess"] }],
      ] as const) {
        const group: GroupDocuments = {
          ...{ kind: "group", name, path, members: who, inline: new Map(), attached: [] },
          ...holds,
        };
        const title = `a group ${path}${name} of ${who.length} with ${what}`;
        yield { what: title, account: { ...account, groups: [...account.groups, group] } };
      }
}

function* others(account: AccountDocuments): Generator<Change> {
  const bare = { inline: new Map(), attached: [] };
  const spelled = account.users[0]?.name.toUpperCase() ?? "EXTRA";
  for (const [name, path] of [
    ["extra", "/"],
    [spelled, "/"],
    [account.users[0]?.name ?? "extra", "/other/"],
  ] as const)
    yield {
      what: `a user ${path}${name}`,
      account: { ...account, users: [...account.users, { kind: "user", name, path, ...bare }] },
    };
  for (const name of ["extra", "operator", "OPERATOR"])
    for (const path of ["/", "/rolecall/", "/application/"]) {
      const role = { kind: "role" as const, name, path, trust: NOBODY, maxSessionSeconds: 3600, ...bare };
      yield { what: `a role ${path}${name} nobody takes`, account: { ...account, roles: [...account.roles, role] } };
    }
  yield { what: "something unknown", account: { ...account, unknowns: [...account.unknowns, "an aws_s3_bucket"] } };
}

function* onHolders(account: AccountDocuments): Generator<Change> {
  for (const list of ["users", "groups", "roles"] as const) {
    for (const [at, holder] of account[list].entries()) {
      const put = (what: string, change: Partial<PolicyHolder>): Change => ({
        what: `${holder.kind} ${holder.name} ${what}`,
        account: { ...account, [list]: account[list].map((each, i) => (i === at ? { ...each, ...change } : each)) },
      });
      yield put("at another path", { path: "/other/" });
      yield put("with another boundary", { boundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
      if (list !== "groups") yield put("with a tag", { tags: { ...holder.tags, admin: "true" } });
      yield put("in upper case", { name: holder.name.toUpperCase() });
      if (holder.boundary === undefined)
        yield put("with a policy without text", { attached: [...holder.attached, WITHOUT_TEXT] });
    }
  }
}
