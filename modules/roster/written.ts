import type { Place } from "../finding";
import type { LocatedValue, LocatedEntry } from "./check-shape";

/** One word of the roster where it is. */
export interface WrittenWord {
  readonly text: string;
  readonly place: Place;
}

/** A grant as written: `@environment` is not yet spread over its accounts. */
export interface WrittenGrant {
  readonly holder: "team" | "person";
  readonly key: string;
  readonly target: WrittenWord;
  readonly tier: WrittenWord;
  readonly until?: WrittenWord;
  readonly place: Place;
}

/** A word and what it belongs to: an account by its key, `backend`, `roster`, a tier. */
export interface OwnedWord {
  readonly owner: string;
  readonly word: WrittenWord;
}

/** What rules say something about word by word, in the order of the files: the Roster itself knows one place for each thing. */
export interface Written {
  readonly grants: readonly WrittenGrant[];
  readonly memberships: readonly { readonly person: string; readonly team: WrittenWord }[];
  readonly tags: readonly { readonly owner: string; readonly name: WrittenWord; readonly value: WrittenWord }[];
  readonly regions: readonly OwnedWord[];
  /** Every text that is an ARN, wherever one may stand. */
  readonly arns: readonly OwnedWord[];
}

/** The words of a roster that fits the schema. */
export function readWritten(value: LocatedValue): Written {
  const people = entries(value, "people");
  const user = value.map?.get("userAccount");
  const owners = [...(user ? [["user", user] as const] : []), ...entries(value, "accounts"), ...people];
  return {
    grants: [...entries(value, "teams").flatMap(teamGrants), ...people.flatMap(personGrants)],
    memberships: people.flatMap(([person, entry]) =>
      items(entry.value, "teams").map((team) => ({ person, team: wordOf(team) })),
    ),
    tags: owners.flatMap(([owner, entry]) =>
      entries(entry.value, "tags").map(([name, tag]) => ({
        owner,
        name: { text: name, place: tag.keyPlace },
        value: wordOf(tag.value),
      })),
    ),
    regions: regionsOf(value),
    arns: arnsOf(value),
  };
}

/** The roster itself, its state, the user account under `user`, and the accounts. */
function ownersOf(value: LocatedValue): readonly (readonly [owner: string, value: LocatedValue])[] {
  const at = (key: string, from = value) => from.map?.get(key)?.value;
  const [user, backend] = [at("userAccount"), at("backend")];
  const s3 = backend && at("s3", backend);
  return [
    ["roster", value],
    ...(s3 ? [["backend", s3] as const] : []),
    ...(user ? [["user", user] as const] : []),
    ...entries(value, "accounts").map(([key, entry]) => [key, entry.value] as const),
  ];
}

function regionsOf(value: LocatedValue): readonly OwnedWord[] {
  return ownersOf(value).flatMap(([owner, { map }]) => {
    const region = map?.get("region")?.value;
    return region?.text === undefined ? [] : [{ owner, word: wordOf(region) }];
  });
}

const ARN_KEYS = ["deployRole", "roleArn", "kmsKeyId"];

function arnsOf(value: LocatedValue): readonly OwnedWord[] {
  const owned = ownersOf(value).flatMap(([owner, own]) => {
    const expected = own.map?.get("expected")?.value;
    const roles = expected ? entries(expected, "roles") : [];
    return [
      ...ARN_KEYS.flatMap((key) => own.map?.get(key)?.value ?? []),
      ...(expected ? items(expected, "deployRole") : []),
      ...roles.flatMap(([, role]) => items(role.value, "trusts")),
    ].map((each) => ({ owner, word: wordOf(each) }));
  });
  const attached = entries(value, "tiers").flatMap(([key, tier]) =>
    items(tier.value, "policies").map((each) => ({ owner: key, word: wordOf(each) })),
  );
  return [...owned, ...attached].filter(({ word }) => word.text.startsWith("arn:"));
}

type Entry = readonly [key: string, entry: LocatedEntry];

function teamGrants([key, { value }]: Entry): readonly WrittenGrant[] {
  return [...(value.map ?? [])].map(([target, { keyPlace, value: tier }]) => ({
    holder: "team",
    key,
    target: { text: target, place: keyPlace },
    tier: wordOf(tier),
    place: keyPlace,
  }));
}

function personGrants([key, { value }]: Entry): readonly WrittenGrant[] {
  return items(value, "grants").map((grant) => {
    const until = grant.map?.get("until")?.value;
    return {
      holder: "person",
      key,
      target: wordOf(grant.map?.get("account")?.value ?? grant),
      tier: wordOf(grant.map?.get("tier")?.value ?? grant),
      place: grant.place,
      ...(until ? { until: wordOf(until) } : {}),
    };
  });
}

function wordOf({ text, place }: LocatedValue): WrittenWord {
  return { text: text ?? "", place };
}

function entries(value: LocatedValue, key: string): readonly Entry[] {
  return [...(value.map?.get(key)?.value.map ?? [])];
}

function items(value: LocatedValue, key: string): readonly LocatedValue[] {
  return value.map?.get(key)?.value.list ?? [];
}
