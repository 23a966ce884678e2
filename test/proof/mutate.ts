import type { AccountDocuments } from "../../modules/iam/account-documents";

/** The documents with one thing changed. */
export interface Mutant {
  readonly what: string;
  readonly documents: readonly AccountDocuments[];
}

type Json = { [key: string]: unknown };
interface Edit {
  readonly what: string;
  /** Changes a copy in place. */
  readonly apply: (copy: Draft) => void;
}
/** Structurally AccountDocuments, writable. */
interface Draft {
  readonly users: Holder[];
  readonly groups: Holder[];
  readonly roles: Holder[];
  readonly policies: Map<string, unknown>;
}
interface Holder {
  kind: string;
  name: string;
  path: string;
  inline: Map<string, unknown>;
  attached: string[];
  boundary?: string;
  members?: string[];
  trust?: unknown;
}

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const FOREIGN = "999999999999";

function assign<T extends object>(target: T, key: string, value: unknown): void {
  Object.assign(target, { [key]: value });
}

/** Every document of the accounts in `ids` changed in every way of the list below, one change at a time. */
export function* mutants(accounts: readonly AccountDocuments[], ids: readonly string[]): Generator<Mutant> {
  for (const [index, account] of accounts.entries()) {
    if (!ids.includes(account.id)) continue;
    const others = accounts.filter((other) => other !== account).map(({ id }) => id);
    for (const { what, apply } of [...documentEdits(account, others), ...holderEdits(account)]) {
      const copy = structuredClone(account);
      apply(copy as unknown as Draft);
      yield { what: `${account.id}: ${what}`, documents: accounts.map((each, i) => (i === index ? copy : each)) };
    }
  }
}

/** Where a document lies, and how to reach it in a copy. */
interface Site {
  readonly where: string;
  readonly document: unknown;
  readonly find: (copy: Draft) => unknown;
}

function sites(account: AccountDocuments): readonly Site[] {
  const holders = (["users", "groups", "roles"] as const).flatMap((list) =>
    account[list].flatMap((holder, at) =>
      [...holder.inline].map(
        ([name, document]): Site => ({
          where: `${holder.kind} ${holder.name}/${name}`,
          document,
          find: (copy) => copy[list][at]?.inline.get(name),
        }),
      ),
    ),
  );
  const trusts = account.roles.map(
    ({ name, trust }, at): Site => ({
      where: `trust of ${name}`,
      document: trust,
      find: (copy) => copy.roles[at]?.trust,
    }),
  );
  const managed = [...account.policies].map(
    ([arn, document]): Site => ({
      where: arn,
      document,
      find: (copy) => copy.policies.get(arn),
    }),
  );
  return [...holders, ...trusts, ...managed];
}

/** Statements that nobody asked for: conditional, or for one resource alone. */
const ADDED: readonly (readonly [string, (id: string) => Json])[] = [
  ["everything for one user agent", () => allow("*", "*", { StringEquals: { "aws:UserAgent": "chosen" } })],
  [
    "everything in one month",
    () => allow("*", "*", { DateGreaterThan: { "aws:CurrentTime": "2027-06-01T00:00:00Z" } }),
  ],
  ["somebody's password", (id) => allow("iam:UpdateLoginProfile", `arn:aws:iam::${id}:user/senior.one@example.org`)],
  ["somebody's role", (id) => allow("iam:UpdateAssumeRolePolicy", `arn:aws:iam::${id}:role/somebody-elses-own`)],
  ["a foreign role", () => allow("sts:AssumeRole", `arn:aws:iam::${FOREIGN}:role/x`)],
];

function allow(action: string, resource: string, condition?: Json): Json {
  return { Effect: "Allow", Action: action, Resource: resource, ...(condition ? { Condition: condition } : {}) };
}

function* documentEdits(account: AccountDocuments, others: readonly string[]): Generator<Edit> {
  for (const { where, document, find } of sites(account)) {
    const statements = (document as { Statement: readonly Json[] }).Statement;
    for (const [at, statement] of statements.entries()) {
      const list = (copy: Draft) => (find(copy) as { Statement: Json[] }).Statement;
      const label = `${where} [${String(statement["Sid"] ?? at)}]`;
      if (at === 0)
        for (const [what, extra] of ADDED)
          yield { what: `${where} and ${what}`, apply: (copy) => void list(copy).push(extra(account.id)) };
      yield { what: `${label} removed`, apply: (copy) => void list(copy).splice(at, 1) };
      for (const { what, change } of statementEdits(statement, others))
        yield { what: `${label} ${what}`, apply: (copy) => change(list(copy)[at] ?? {}) };
    }
  }
}

interface StatementEdit {
  readonly what: string;
  readonly change: (statement: Json) => void;
}

function* statementEdits(statement: Json, others: readonly string[]): Generator<StatementEdit> {
  const flipped = statement["Effect"] === "Allow" ? "Deny" : "Allow";
  yield { what: `becomes ${flipped}`, change: (copy) => void assign(copy, "Effect", flipped) };
  for (const key of ["Action", "NotAction", "Resource", "NotResource"]) {
    if (statement[key] !== undefined) yield* listEdits(key, textsOf(statement[key]), others);
  }
  yield* principalEdits(statement);
  yield* foreignConditions(statement);
  yield* conditionEdits(statement["Condition"] as Record<string, Json> | undefined);
}

/** A denial that a header of the caller's choice switches off, and the like. */
function* foreignConditions({ Condition: condition }: Json): Generator<StatementEdit> {
  const tests: readonly (readonly [string, string, string])[] = [
    ["StringNotEquals", "aws:UserAgent", "chosen"],
    ["NotIpAddress", "aws:SourceIp", "203.0.113.7/32"],
    ["StringEquals", "aws:RequestedRegion", "us-east-1"],
    ["DateLessThan", "aws:EpochTime", "1830000000"],
  ];
  for (const [operator, key, value] of tests) {
    const block = { ...(condition as Json | undefined) };
    block[operator] = { ...(block[operator] as Json | undefined), [key]: value };
    yield { what: `only if ${operator} ${key}`, change: (copy) => void assign(copy, "Condition", block) };
  }
}

function* listEdits(key: string, items: readonly string[], others: readonly string[]): Generator<StatementEdit> {
  for (const [at, item] of items.entries()) {
    const put = (value: string) => (copy: Json) =>
      void assign(
        copy,
        key,
        items.map((each, i) => (i === at ? value : each)),
      );
    if (items.length > 1)
      yield {
        what: `${key} without ${item}`,
        change: (copy) =>
          void assign(
            copy,
            key,
            items.filter((_, i) => i !== at),
          ),
      };
    if (item === "*") continue;
    yield { what: `${key} * for ${item}`, change: put("*") };
    const service = `${item.split(":")[0]}:*`;
    if (key.endsWith("Action") && item !== service)
      yield { what: `${key} ${service} for ${item}`, change: put(service) };
    if (key.endsWith("Action")) continue;
    const foreign = `arn:aws:iam::${FOREIGN}:role/stranger`;
    yield {
      what: `${key} and ${foreign}`,
      change: (copy) => void assign(copy, key, [...items, foreign]),
    };
    if (!item.endsWith("*")) yield { what: `${key} with more at the end of ${item}`, change: put(`${item}*`) };
    const [own] = /\d{12}/.exec(item) ?? [];
    const other = others.find((id) => id !== own);
    if (own && other) yield { what: `${key} ${item} in ${other}`, change: put(item.replace(own, other)) };
  }
}

function* principalEdits({ Principal: principal }: Json): Generator<StatementEdit> {
  if (principal === undefined) return;
  const replace = (what: string, value: unknown): StatementEdit => ({
    what: `principal ${what}`,
    change: (copy) => void assign(copy, "Principal", value),
  });
  const named = textsOf((principal as Json)["AWS"]);
  yield replace("anybody", "*");
  yield replace("another account", { AWS: `arn:aws:iam::${FOREIGN}:root` });
  yield replace("and another account", { AWS: [...named, `arn:aws:iam::${FOREIGN}:root`] });
  yield replace("and a service", { AWS: named, Service: "ec2.amazonaws.com" });
  yield replace("and an identity provider", { AWS: named, Federated: `arn:aws:iam::${FOREIGN}:saml-provider/idp` });
}

function* conditionEdits(condition: Record<string, Json> | undefined): Generator<StatementEdit> {
  if (condition === undefined) return;
  for (const [operator, tests] of Object.entries(condition)) {
    for (const [key, value] of Object.entries(tests)) {
      const edit = (what: string, change: (tests: Json, all: Record<string, Json>) => void): StatementEdit => ({
        what: `condition ${operator} ${key} ${what}`,
        change: (copy) => {
          const all = copy["Condition"] as Record<string, Json>;
          change(all[operator] ?? {}, all);
          if (Object.keys(all[operator] ?? {}).length === 0) delete all[operator];
        },
      });
      yield edit("dropped", (own) => void delete own[key]);
      yield edit("made IfExists, or not", (own, all) => {
        delete own[key];
        const twin = operator.endsWith("IfExists") ? operator.slice(0, -8) : `${operator}IfExists`;
        all[twin] = { ...all[twin], [key]: value };
      });
      for (const [what, weaker] of weakened(operator, textsOf(value)))
        yield edit(what, (own) => void assign(own, key, weaker));
    }
  }
}

function weakened(operator: string, values: readonly string[]): readonly (readonly [string, string])[] {
  const [value = ""] = values;
  if (operator.startsWith("Numeric"))
    return [
      ["ten times as long", String(Number(value) * 10)],
      ["one second more", String(Number(value) + 1)],
    ];
  if (operator.startsWith("Date")) return [["a year later", value.replace(/^\d+/, (year) => String(Number(year) + 1))]];
  if (operator.startsWith("Bool")) return [["turned round", value === "true" ? "false" : "true"]];
  return [["any", "*"]];
}

function* holderEdits(account: AccountDocuments): Generator<Edit> {
  for (const list of ["users", "groups", "roles"] as const) {
    for (const [at, { kind, name, boundary, attached }] of account[list].entries()) {
      const on = (what: string, change: (holder: Holder) => void): Edit => ({
        what: `${kind} ${name} ${what}`,
        apply: (copy) => {
          const holder = copy[list][at];
          if (holder) change(holder);
        },
      });
      yield { what: `${kind} ${name} removed`, apply: (copy) => void copy[list].splice(at, 1) };
      yield on("gets AdministratorAccess", (holder) => void holder.attached.push(ADMINISTRATOR));
      yield on("gets an inline policy", (holder) => void holder.inline.set("extra", EXTRA));
      if (boundary !== undefined) yield on("loses its boundary", (holder) => void delete holder.boundary);
      for (const arn of attached)
        yield on(
          `loses ${arn}`,
          (holder) =>
            void assign(
              holder,
              "attached",
              holder.attached.filter((each) => each !== arn),
            ),
        );
      if (kind === "group") yield* memberEdits(account, at);
    }
  }
  yield { what: "a user more", apply: (copy) => void copy.users.push(holder("user", "stranger")) };
  yield { what: "a role more", apply: (copy) => void copy.roles.push({ ...holder("role", "stranger"), trust: EXTRA }) };
}

const EXTRA = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

function holder(kind: string, name: string): Holder {
  return { kind, name, path: "/", inline: new Map(), attached: [] };
}

function* memberEdits({ users, groups }: AccountDocuments, at: number): Generator<Edit> {
  const group = groups[at];
  if (!group) return;
  const set = (what: string, members: readonly string[]): Edit => ({
    what: `group ${group.name} ${what}`,
    apply: (copy) => {
      const found = copy.groups[at];
      if (found) found.members = [...members];
    },
  });
  for (const member of group.members)
    yield set(
      `without ${member}`,
      group.members.filter((each) => each !== member),
    );
  for (const { name } of users.filter(({ name: user }) => !group.members.includes(user)))
    yield set(`with ${name}`, [...group.members, name]);
  yield set("with a stranger", [...group.members, "stranger"]);
}

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
}
