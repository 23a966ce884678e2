import type { AccountDocuments, AccountInventory } from "../../iam/account-documents";
import type { Catalogue } from "../../iam/catalogue";
import { NOTHING_EXPECTED } from "../../iam/expected";
import { compareText, quote } from "../../text";
import type { ManagedPolicies } from "../checks/compiled-account";
import type { AccessClaims, ClaimedAccount } from "../claims";
import type { Classified } from "./classified";
import { roleName } from "./declared-role";
import { classifyCredential, classifyInstanceProfile, classifyPolicy, classifyProvider } from "./others";
import type { AccountPlace } from "./place";
import { reachedRoles } from "./reached";
import { beyondOperator } from "./rights";
import { classifyRole } from "./roles";
import { Takers } from "./takers";

export interface ClassifyInput {
  readonly claims: AccessClaims;
  /** Accounts without an inventory are left out; whoever asks must say so. */
  readonly documents: readonly AccountDocuments[];
  readonly catalogue: Catalogue;
  readonly managed: ManagedPolicies;
  readonly now: number;
}

/**
 * Everything that is in the accounts and could let somebody in or act: each role, policy, federation provider, instance profile and
 * credential has at least one answer. Sorted by account and ARN.
 */
export function classifyAll(input: ClassifyInput): readonly Classified[] {
  const { claims, documents, managed, now } = input;
  const takers = new Takers(claims, documents, managed, now);
  const accounts = [claims.userAccount, ...claims.accounts];
  const read = accounts.flatMap((account) => {
    const inventory = documents.find(({ id }) => id === account.id)?.inventory;
    return inventory ? [{ account, inventory }] : [];
  });
  const closed = new Map<string, readonly string[]>();
  const found = read.flatMap(({ account, inventory }) =>
    classifyAccount(placeOf(input, { account, inventory }, takers, closed)),
  );
  return [...found, ...missing(read)].sort(
    (a, b) =>
      compareText(a.account, b.account) ||
      compareText(a.arn, b.arn) ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}

function placeOf(
  { claims, catalogue, managed, now }: ClassifyInput,
  { account, inventory }: Read,
  takers: Takers,
  closed: Map<string, readonly string[]>,
): AccountPlace {
  const isUserAccount = account.id === claims.userAccount.id;
  const expected = account.expected ?? NOTHING_EXPECTED;
  let made: ReturnType<typeof beyondOperator> | undefined;
  // Made when first asked for: most accounts hold nothing that needs it.
  const beyond: AccountPlace["beyond"] = (holder) => {
    made ??= beyondOperator({ account, inventory, managed, catalogue, now, closed });
    return made(holder);
  };
  const reached = isUserAccount ? new Map<string, string>() : reachedRoles(claims, account, inventory, takers);
  return { claims, account, isUserAccount, inventory, expected, takers, beyond, reached };
}

function classifyAccount(place: AccountPlace): readonly Classified[] {
  const { roles, policies, providers, instanceProfiles, credentials } = place.inventory;
  return [
    ...roles.flatMap((role) => classifyRole(place, role)),
    ...policies.flatMap((policy) => classifyPolicy(place, policy)),
    ...providers.flatMap((provider) => classifyProvider(place, provider)),
    ...instanceProfiles.map((profile) => classifyInstanceProfile(place, profile)),
    ...credentials.map((credential) => classifyCredential(place, credential)),
  ];
}

interface Read {
  readonly account: ClaimedAccount;
  readonly inventory: AccountInventory;
}

/** Roles that the roster declares and that are in none of the accounts they are declared for. */
function missing(read: readonly Read[]): readonly Classified[] {
  const declared = read.flatMap(({ account, inventory }) =>
    (account.expected?.roles ?? []).map((role) => ({
      account,
      role,
      stands: inventory.roles.some((each) => roleName(each) === role.name),
    })),
  );
  const isSame = (a: (typeof declared)[number], b: (typeof declared)[number]) => a.role.place === b.role.place;
  return declared
    .filter((each, index) => declared.findIndex((other) => isSame(each, other)) === index)
    .filter((each) => !declared.some((other) => isSame(each, other) && other.stands))
    .map(({ account, role }) => ({
      account: account.key,
      arn: role.name,
      kind: "note",
      code: "declared-role-missing",
      message: `the role ${quote(role.name)} is declared, and does not exist`,
      cure: "remove it from the roster",
    }));
}
