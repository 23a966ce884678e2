import { PROTECTED_PATH } from "../../access/names";
import type { AccountDocuments, PolicyHolder, RoleDocuments, UserDocuments } from "../../iam/account-documents";
import { type AccountRef, roleArn, sessionArn, userArn } from "../../iam/arn";
import type { Catalogue } from "../../iam/catalogue";
import type { ManagedPolicies } from "../../proof/checks/compiled-account";
import { CONSOLE_WITHOUT_MFA, contextAt, isoOf, LONG_TERM_KEYS, signInWithMfa } from "../../proof/checks/moments";
import { compareText, stableJson } from "../../text";
import type { AccessChange } from "../access-change";
import type { ChangedHolder } from "../changes/documents";
import { normalDocument } from "../documents/normal-document";
import { assumeRights } from "../documents/rights";
import { type AnswerDifference, compareSides } from "./compare";
import type { ProbedCaller } from "./probes";
import { type Side, sideOf, type Text } from "./side";

export interface RightsContext {
  /** Account key by id. */
  readonly keys: ReadonlyMap<string, string>;
  readonly catalogue: Catalogue;
  readonly managed: ManagedPolicies;
  readonly now: Date;
  /** How many people may take a role, by account key and the role's name; `undefined` where it is not known. */
  readonly holders?: (account: string, role: string) => number | undefined;
  /** What was compared before, with the same catalogue, texts and time. */
  readonly memory?: ComparisonMemory;
}

/** What the holders of policies may do more or less: those that are on both sides, by evaluation over all actions. */
export function rightsChanges(
  before: readonly AccountDocuments[],
  after: readonly AccountDocuments[],
  context: RightsContext,
): readonly AccessChange[] {
  const memory = context.memory ?? new Map<string, AnswerDifference>();
  const old = new Map(before.map((account) => [account.id, account]));
  return after.flatMap((account) => {
    const was = old.get(account.id);
    return was === undefined
      ? []
      : [...rolesChanges(was, account, context, memory), ...usersChanges(was, account, context, memory)];
  });
}

export type ComparisonMemory = Map<string, AnswerDifference>;

function rolesChanges(
  before: AccountDocuments,
  after: AccountDocuments,
  context: RightsContext,
  memory: ComparisonMemory,
): readonly AccessChange[] {
  const old = new Map(before.roles.map((role) => [role.name, role]));
  const account = context.keys.get(after.id) ?? after.id;
  return after.roles.flatMap((role) => {
    const was = old.get(role.name);
    if (was === undefined) return [];
    const compared = compareHolders(
      [before, was],
      [after, role],
      roleCaller(after, role, context.now),
      context,
      memory,
    );
    if (compared === undefined) return [];
    const { name } = role;
    const isTier = role.path === PROTECTED_PATH;
    const holders = context.holders?.(account, name);
    const holder = { type: isTier ? "tier" : "role", name, holders } as const;
    return changesOf(holder, { account, tier: isTier ? name : undefined }, compared);
  });
}

function usersChanges(
  before: AccountDocuments,
  after: AccountDocuments,
  context: RightsContext,
  memory: ComparisonMemory,
): readonly AccessChange[] {
  const old = new Map(before.users.map((user) => [user.name, user]));
  const account = context.keys.get(after.id) ?? after.id;
  const alike = new Map<string, { readonly compared: AnswerDifference; readonly names: string[] }>();
  for (const user of after.users) {
    const was = old.get(user.name);
    if (was === undefined) continue;
    const caller = userCaller(after, user, context.now);
    const compared = compareHolders([before, was], [after, user], caller, context, memory);
    if (compared === undefined) continue;
    const key = stableJson(compared);
    const group = alike.get(key) ?? { compared, names: [] };
    group.names.push(user.name);
    alike.set(key, group);
  }
  return [...alike.values()].flatMap(({ compared, names }) => {
    const person = names.length === 1 ? names[0] : undefined;
    return changesOf({ type: "users", names }, { account, person }, compared);
  });
}

export type RightsHolder = readonly [AccountDocuments, RoleDocuments | UserDocuments];

/** `undefined` when both sides say the same. */
function compareHolders(
  before: RightsHolder,
  after: RightsHolder,
  caller: ProbedCaller,
  context: RightsContext,
  memory: ComparisonMemory,
): AnswerDifference | undefined {
  const texts = [textsOf(before, context.managed), textsOf(after, context.managed)] as const;
  if (stableJson(texts[0].told) === stableJson(texts[1].told)) return undefined;
  const compared = compareTexts([texts[0].told, texts[1].told], after, caller, context, memory);
  const rights = uniqueTexts([...texts[0].rights, ...texts[1].rights]);
  if (!compared.assuming || rights.length === 0) return compared;
  // A denial of taking roles shows only where there is something to deny: what people are told to hold, the same on both sides.
  const withRights = ({ identity, ...rest }: Texts): Texts => ({ ...rest, identity: [...identity, ...rights] });
  return compareTexts([withRights(texts[0].told), withRights(texts[1].told)], after, caller, context, memory);
}

/** As the last or a middle part of an ARN; anywhere else the same letters are another word. */
function ownName(name: string): RegExp {
  return new RegExp(`/${name.replace(/[.+^$*?(){}|[\]\\]/g, "\\$&")}(?=["/*\\\\])`, "g");
}

/** Conditions on who calls, by whatever pattern; `${aws:username}` as a value means everybody's own. */
const NAMES_CALLERS = /(?<!\$\{)aws:(principal|user(name|id))/i;

function compareTexts(
  [before, after]: readonly [Texts, Texts],
  [account, { kind, name }]: RightsHolder,
  caller: ProbedCaller,
  context: RightsContext,
  memory: ComparisonMemory,
): AnswerDifference {
  // Other accounts' and users' equal changes are one case; no JSON text holds the marks themselves.
  const marked = [before, after].map((texts) =>
    stableJson(texts).replaceAll(account.id, "\u0000").replaceAll(ownName(name), "/\u0001"),
  );
  const key = JSON.stringify([kind, marked, marked.some((text) => NAMES_CALLERS.test(text)) ? name : ""]);
  const known = memory.get(key);
  if (known !== undefined) return known;
  const compared = compareSides(asSide(account.id, before), asSide(account.id, after), caller, context.catalogue);
  memory.set(key, compared);
  return compared;
}

/** A normalised document by name; null where the text is not at hand. */
export type NormalText = readonly [string, string | null];

export interface Texts {
  /** In an order that says nothing. */
  readonly identity: readonly NormalText[];
  readonly boundary?: NormalText;
}

export function asSide(accountId: string, { identity, boundary }: Texts): Side {
  const text = ([name, document]: NormalText): Text => ({
    name,
    document: document === null ? undefined : JSON.parse(document),
  });
  return sideOf(accountId, identity.map(text), boundary && text(boundary));
}

export interface TextsAndRights {
  readonly told: Texts;
  /** Policies that only give exact roles: those are reported person by person. */
  readonly rights: readonly NormalText[];
}

/** A user's policies with those of its groups. */
export function textsOf([account, holder]: RightsHolder, managed: ManagedPolicies): TextsAndRights {
  const groups = holder.kind === "user" ? account.groups.filter(({ members }) => members.includes(holder.name)) : [];
  const byArn = (arn: string) => account.policies.get(arn) ?? managed.get(arn);
  const own = ({ inline, attached }: PolicyHolder): readonly Text[] => [
    // An inline policy's name says nothing; a missing text is named by its ARN.
    ...[...inline].map(([, document]) => ({ name: "inline", document: document ?? null })),
    ...attached.map((arn) => ({ name: arn, document: byArn(arn) })),
  ];
  const all = [holder, ...groups].flatMap(own);
  const isRights = ({ document }: Text) => holder.kind === "user" && assumeRights(document).whole;
  const normal = (texts: readonly Text[]) => uniqueTexts(texts.map(({ name, document }) => normalText(name, document)));
  const { boundary } = holder;
  return {
    told: {
      identity: normal(all.filter((text) => !isRights(text))),
      ...(boundary === undefined ? {} : { boundary: normalText(boundary, byArn(boundary)) }),
    },
    rights: normal(all.filter(isRights)),
  };
}

function uniqueTexts(texts: readonly NormalText[]): readonly NormalText[] {
  const unique = [...new Map(texts.map((each) => [JSON.stringify(each), each])).entries()];
  return unique.sort(([a], [b]) => compareText(a, b)).map(([, each]) => each);
}

/** The text decides and not the name it has, unless there is no text. */
function normalText(name: string, document: unknown): NormalText {
  return document === undefined ? [name, null] : ["a policy", normalDocument(document)];
}

/** A session of the role: AWS hands no MFA keys on to it. */
export function roleCaller({ id, partition }: AccountRef, { name, path }: RoleDocuments, now: Date): ProbedCaller {
  const account = { id, partition };
  return {
    account,
    principal: {
      kind: "role-session",
      arn: sessionArn(account, name, "person"),
      roleArn: roleArn(account, path, name),
      account: id,
    },
    contexts: [contextAt(isoOf(now.getTime()), LONG_TERM_KEYS)],
  };
}

function userCaller({ id, partition }: AccountRef, { name, path }: UserDocuments, now: Date): ProbedCaller {
  const instant = isoOf(now.getTime());
  return {
    account: { id, partition },
    principal: { kind: "user", arn: userArn({ id, partition }, path, name) },
    contexts: [signInWithMfa(0), LONG_TERM_KEYS, CONSOLE_WITHOUT_MFA].map((signIn) => contextAt(instant, signIn)),
    userName: name,
  };
}

type Place = Pick<AccessChange, "account" | "person" | "tier">;

function changesOf(holder: ChangedHolder, where: Place, compared: AnswerDifference): readonly AccessChange[] {
  const { gained, lost, unknown, partly, touched } = compared;
  const about = { ...where, holder };
  const found: readonly AccessChange[] = [
    { ...about, direction: "widening", kind: "rights-gained", actions: gained.filter((name) => !partly.has(name)) },
    {
      ...about,
      direction: "widening",
      kind: "rights-gained-partly",
      actions: gained.filter((name) => partly.has(name)),
    },
    { ...about, direction: "unknown", kind: "rights-unknown", actions: unknown },
    { ...about, direction: "narrowing", kind: "rights-lost", actions: lost },
  ];
  const some = found.filter(({ actions = [] }) => actions.length > 0);
  // Nothing touched: every statement is there on both sides, in whichever policy.
  if (some.length > 0 || touched === 0) return some;
  return [{ ...about, direction: "neutral", kind: "rights-reworded", count: touched }];
}
