import { buildExpected } from "./build-expected";
import { deployRoleArn } from "./deploy-role";
import type { Place } from "../finding";
import { type PartitionId, supportedPartition } from "../iam/partition";
import { compareText } from "../text";
import type { LocatedValue, LocatedEntry } from "./check-shape";
import type { Account, Backend, Grant, Person, Roster, Team, Tier, UserAccount } from "./roster";

const DEPLOY_ROLE = "OrganizationAccountAccessRole";
/** A map, not an object: a tier called toString is not built in. */
const BUILT_IN: ReadonlyMap<string, { readonly session: string; readonly mfaAge: string }> = new Map([
  ["administrator", { session: "1h", mfaAge: "1h" }],
  ["operator", { session: "1h", mfaAge: "12h" }],
  ["spectator", { session: "1h", mfaAge: "12h" }],
]);

/** Names of the tiers every roster has. */
const BUILT_IN_TIERS: readonly string[] = [...BUILT_IN.keys()];

/** A roster from located values that fit the schema; unknown names are kept for the rules to find. Lists come sorted. */
export function buildRoster(value: LocatedValue): Roster {
  const region = textOf(value, "region") ?? "";
  const everywhere = value.map?.get("expected")?.value;
  const own = value.map?.get("userAccount")?.value;
  // The rules find an account in another partition, and a Region that no partition has.
  const partition = supportedPartition((own && textOf(own, "region")) ?? region);
  const common: Common = { region, partition, everywhere };
  const accounts = entriesOf(value, "accounts").map(([key, entry]) => buildAccount(key, entry, common));
  return {
    organization: textOf(value, "organization") ?? "",
    region,
    backend: buildBackend(value.map?.get("backend")?.value, region),
    userAccount: buildUserAccount(value, common),
    accounts,
    tiers: buildTiers(value),
    teams: entriesOf(value, "teams").map(
      ([key, entry]): Team => ({ key, grants: buildTeamGrants(entry.value, accounts), place: entry.keyPlace }),
    ),
    people: entriesOf(value, "people").map(([key, entry]) => buildPerson(key, entry, accounts)),
  };
}

/** What the roster says for all accounts. */
interface Common {
  readonly region: string;
  readonly partition: PartitionId;
  readonly everywhere: LocatedValue | undefined;
}

function buildAccount(key: string, { value, keyPlace }: LocatedEntry, common: Common): Account {
  const { region, partition, everywhere } = common;
  const id = textOf(value, "id") ?? "";
  const expected = buildExpected([everywhere, value.map?.get("expected")?.value]);
  const environment = textOf(value, "environment");
  return {
    key,
    id,
    partition,
    region: textOf(value, "region") ?? region,
    stack: textOf(value, "stack") ?? key,
    deployRoleArn: deployRoleArn({ partition, id }, textOf(value, "deployRole") ?? DEPLOY_ROLE),
    tags: tagsOf(value),
    spectatorReads: textOf(value, "spectatorReads") === "data" ? "data" : "metadata",
    place: keyPlace,
    ...(expected === undefined ? {} : { expected }),
    ...(environment === undefined ? {} : { environment }),
  };
}

function buildUserAccount(value: LocatedValue, common: Common): UserAccount {
  const entry = value.map?.get("userAccount") ?? { keyPlace: value.place, value };
  const { environment: _, spectatorReads: __, ...account } = buildAccount("user", entry, common);
  const alias = textOf(entry.value, "alias");
  return { ...account, key: "user", ...(alias === undefined ? {} : { alias }) };
}

function buildBackend(value: LocatedValue | undefined, region: string): Backend {
  const s3 = value?.map?.get("s3")?.value;
  if (s3) {
    const optional = { roleArn: textOf(s3, "roleArn"), kmsKeyId: textOf(s3, "kmsKeyId") };
    return {
      kind: "s3",
      bucket: textOf(s3, "bucket") ?? "",
      region: textOf(s3, "region") ?? region,
      prefix: textOf(s3, "prefix") ?? "",
      ...defined(optional),
    };
  }
  const cloud = value?.map?.get("cloud")?.value;
  if (cloud) {
    const optional = { hostname: textOf(cloud, "hostname"), project: textOf(cloud, "project") };
    return {
      kind: "cloud",
      organization: textOf(cloud, "organization") ?? "",
      workspacePrefix: textOf(cloud, "workspacePrefix") ?? "",
      ...defined(optional),
    };
  }
  const local = value?.map?.get("local")?.value;
  return { kind: "local", directory: (local && textOf(local, "directory")) ?? "state" };
}

function buildTiers(value: LocatedValue): readonly Tier[] {
  const own = new Map(entriesOf(value, "tiers"));
  const keys = [...new Set([...BUILT_IN_TIERS, ...own.keys()])].sort(compareText);
  return keys.map((key) => {
    const entry = own.get(key);
    const defaults = BUILT_IN.get(key) ?? { session: "1h", mfaAge: "12h" };
    return {
      key,
      builtIn: BUILT_IN.has(key),
      sessionSeconds: seconds((entry && textOf(entry.value, "session")) ?? defaults.session),
      mfaAgeSeconds: seconds((entry && textOf(entry.value, "mfaAge")) ?? defaults.mfaAge),
      sessionNames: textsAsWritten(entry?.value, "sessionNames"),
      policyArns: textsOf(entry?.value, "policies"),
      allow: textsOf(entry?.value, "allow"),
      deny: textsOf(entry?.value, "deny"),
      place: entry?.keyPlace ?? value.place,
    };
  });
}

function seconds(duration: string): number {
  return Number(duration.slice(0, -1)) * (duration.endsWith("h") ? 3600 : 60);
}

function buildTeamGrants(team: LocatedValue, accounts: readonly Account[]): readonly Grant[] {
  const grants = [...(team.map ?? [])].flatMap(([target, { keyPlace, value }]) =>
    spread(target, accounts).map((account): Grant => ({ account, tier: value.text ?? "", place: keyPlace })),
  );
  return grants.sort(compareGrants);
}

function buildPerson(key: string, { value, keyPlace }: LocatedEntry, accounts: readonly Account[]): Person {
  const grants = (value.map?.get("grants")?.value.list ?? []).flatMap((grant) => buildGrant(grant, accounts));
  return {
    key,
    teams: [...new Set((value.map?.get("teams")?.value.list ?? []).flatMap(({ text }) => text ?? []))].sort(
      compareText,
    ),
    grants: grants.sort(compareGrants),
    tags: tagsOf(value),
    place: keyPlace,
  };
}

function buildGrant(grant: LocatedValue, accounts: readonly Account[]): readonly Grant[] {
  const until = textOf(grant, "until");
  const instant = until === undefined ? undefined : parseUntil(until);
  const optional = defined({ until: instant ?? until, reason: textOf(grant, "reason") });
  const place: Place = grant.place;
  return spread(textOf(grant, "account") ?? "", accounts).map((account) => ({
    account,
    tier: textOf(grant, "tier") ?? "",
    place,
    ...optional,
  }));
}

/** `2027-01-15` and `2027-01-15T18:00Z` as ISO 8601 UTC with seconds; `undefined` for anything else, 30 February included. */
export function parseUntil(text: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2}))?Z)?$/.exec(text);
  if (!match) return undefined;
  const iso = `${match[1]}T${match[2] ?? "00:00"}:${match[3] ?? "00"}Z`;
  const time = Date.parse(iso);
  return Number.isNaN(time) || new Date(time).toISOString() !== iso.replace("Z", ".000Z") ? undefined : iso;
}

/** `@environment` as its accounts; any other name as itself, known or not. An environment nobody is in stays a name. */
function spread(target: string, accounts: readonly Account[]): readonly string[] {
  if (!target.startsWith("@")) return [target];
  const held = accounts.filter(({ environment }) => environment === target.slice(1)).map(({ key }) => key);
  return held.length === 0 ? [target] : held;
}

function compareGrants(a: Grant, b: Grant): number {
  return compareText(a.account, b.account) || compareText(a.tier, b.tier) || compareText(a.until ?? "", b.until ?? "");
}

function textOf(value: LocatedValue, key: string): string | undefined {
  return value.map?.get(key)?.value.text;
}

/** Sorted, each once. */
function textsOf(value: LocatedValue | undefined, key: string): readonly string[] {
  const texts = (value?.map?.get(key)?.value.list ?? []).flatMap(({ text }) => text ?? []);
  return [...new Set(texts)].sort(compareText);
}

function entriesOf(value: LocatedValue, key: string): readonly (readonly [string, LocatedEntry])[] {
  return [...(value.map?.get(key)?.value.map ?? [])].sort(([a], [b]) => compareText(a, b));
}

function tagsOf(value: LocatedValue): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entriesOf(value, "tags").flatMap(([key, { value: tag }]) => (tag.text === undefined ? [] : [[key, tag.text]])),
  );
}

function defined<T extends Record<string, string | undefined>>(record: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}

/** With what is there twice, which a rule reports. */
function textsAsWritten(value: LocatedValue | undefined, key: string): readonly string[] {
  const texts = (value?.map?.get(key)?.value.list ?? []).flatMap(({ text }) => text ?? []);
  return [...texts].sort(compareText);
}
