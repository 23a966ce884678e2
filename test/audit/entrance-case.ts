import { accessDocuments } from "../../modules/access/plan-documents";
import { claimAccess } from "../../modules/access/claims";
import type { AccountDocuments, AccountInventory, RoleDocuments } from "../../modules/iam/account-documents";
import type { Expected } from "../../modules/iam/expected";
import { managedPolicies, readCatalogue } from "../../modules/cli/proof/proof-data";
import { type Classified, countsOf } from "../../modules/proof/entrances/classified";
import { type ClassifyInput, classifyAll } from "../../modules/proof/entrances/classify";
import type { Roster } from "../../modules/roster/roster";
import { heard } from "../support/in-process";
import { sampleRoster } from "../support/sample-roster";
import { compiled, NOW } from "../support/synth";

interface CaseRole {
  readonly name: string;
  readonly path?: string;
  /** A statement's parts, or a whole document under `Statement`; text is taken as it is. */
  readonly trust: unknown;
  readonly inline?: Readonly<Record<string, unknown>>;
  readonly attached?: readonly string[];
  readonly boundary?: string;
}

/** What stands in one account besides what the sample roster makes, and what is said of it. */
export interface EntranceCase {
  readonly name: string;
  readonly account: "user" | "testing" | "production";
  readonly roles?: readonly CaseRole[];
  readonly usersAndGroups?: AccountInventory["usersAndGroups"];
  readonly policies?: AccountInventory["policies"];
  readonly providers?: AccountInventory["providers"];
  readonly instanceProfiles?: AccountInventory["instanceProfiles"];
  readonly credentials?: AccountInventory["credentials"];
  /** Further statements of people in the user account. */
  readonly people?: Readonly<Record<string, unknown>>;
  readonly expected?: Partial<Expected>;
  /** True for a roster with a tier of its own, `deployer`. */
  readonly ownTier?: boolean;
  /** `finding open-to-anybody`, sorted by ARN. */
  readonly found: readonly string[];
  /** Classes besides the roster's own. */
  readonly counted?: Readonly<Record<string, number>>;
  /** Parts of messages or cures, in the order of `found`. */
  readonly says?: readonly string[];
}

const world = heard(".").context;
const catalogue = readCatalogue(world);
const managed = managedPolicies(world);

/** Everything said of the case's account. */
export function entrancesOf(each: EntranceCase): readonly Classified[] {
  return classifyAll(inputOf(each)).filter(({ account }) => account === each.account);
}

export function inputOf(each: EntranceCase): ClassifyInput {
  const roster = rosterOf(each);
  const ids = new Map([roster.userAccount, ...roster.accounts].map(({ key, id }) => [key, id]));
  const documents = accessDocuments(compiled(startingRoster(each))).map((account) => {
    const people = account.id === ids.get("user") ? withStatements(account, each.people ?? {}) : account;
    const { policies: _, ...rest } = people;
    const isMeant = account.id === ids.get(each.account);
    return { ...rest, policies: account.policies, inventory: inventoryOf(account, isMeant ? each : undefined) };
  });
  return { claims: claimAccess(roster), documents, catalogue, managed, now: NOW.getTime() };
}

function startingRoster({ ownTier }: EntranceCase): Roster {
  const roster = sampleRoster();
  const [tier] = roster.tiers;
  if (!ownTier || !tier) return roster;
  return { ...roster, tiers: [...roster.tiers, { ...tier, key: "deployer", builtIn: false, allow: ["ecs:*"] }] };
}

function rosterOf(each: EntranceCase): Roster {
  const { account, expected } = each;
  const roster = startingRoster(each);
  const whole = { deployRole: [], roles: [], providers: [], ...expected };
  const given = expected === undefined ? {} : { expected: whole };
  const add = <T extends { readonly key: string }>(each: T) => (each.key === account ? { ...each, ...given } : each);
  return { ...roster, userAccount: add(roster.userAccount), accounts: roster.accounts.map(add) };
}

function withStatements(account: AccountDocuments, people: Readonly<Record<string, unknown>>): AccountDocuments {
  const users = account.users.map((user) => {
    const more = people[user.name];
    return more === undefined ? user : { ...user, inline: new Map([...user.inline, ["more", policy(more)]]) };
  });
  return { ...account, users };
}

function inventoryOf(account: AccountDocuments, each: EntranceCase | undefined): AccountInventory {
  const own = [...account.policies].map(([arn, document]) => ({
    ...{ arn, path: "/rolecall/", holders: 1 },
    versions: [{ id: "v1", isDefault: true, document }],
  }));
  const given = each?.policies ?? [];
  return {
    roles: [...account.roles, ...(each?.roles ?? []).map(roleOf)],
    usersAndGroups: each?.usersAndGroups ?? [],
    policies: [...own.filter(({ arn }) => !given.some((other) => other.arn === arn)), ...given],
    managed: new Map(),
    providers: each?.providers ?? [],
    instanceProfiles: each?.instanceProfiles ?? [],
    credentials: each?.credentials ?? [],
  };
}

function roleOf({ name, path = "/", trust, inline = {}, attached = [], boundary }: CaseRole): RoleDocuments {
  return {
    kind: "role",
    ...{ name, path, attached, trust: typeof trust === "string" ? trust : policy(trust, "sts:AssumeRole") },
    inline: new Map(Object.entries(inline).map(([key, statement]) => [key, policy(statement)])),
    ...(boundary === undefined ? {} : { boundary }),
  };
}

function policy(given: unknown, Action?: string): unknown {
  const parts = given as Readonly<Record<string, unknown>>;
  if ("Statement" in parts) return { Version: "2012-10-17", ...parts };
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...(Action ? { Action } : {}), ...parts }] };
}

/** What is said of a case, briefly. */
export function brieflySaid(each: EntranceCase) {
  const all = entrancesOf(each);
  const named = all.filter(({ kind }) => kind !== "expected");
  const { "tier-role": _, "rolecall-policy": __, ...counted } = countsOf(all);
  return { found: named.map(({ kind, code }) => `${kind} ${code}`), counted, named };
}
