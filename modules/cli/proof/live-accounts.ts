import type { AccountDocuments } from "../../iam/account-documents";
import type { AccountGuards } from "../../iam/account-guards";
import { known } from "../../known";
import type { AccessClaims, ClaimedAccount, ClaimedPerson } from "../../proof/claims";
import type { Context } from "../../machine/context";
import { expectSettledProfile } from "../devices/expect-settled";
import { reasonOf } from "../answer";
import { mapPool } from "../../pool";

/** An account of which nothing is known. */
export interface UnreadAccount {
  readonly account: string;
  /** What was asked, what came of it and after how long; one line. */
  readonly reason: string;
}

/** Accounts at once: each has its own limits at AWS. */
const AT_ONCE = 8;

/** What the accounts hold, and which of them could not be read. */
export interface LiveRead {
  readonly accounts: readonly AccountDocuments[];
  readonly guards: readonly AccountGuards[];
  readonly unread: readonly UnreadAccount[];
}

/** Every account of the claims, through its deploy role. One that cannot be read holds up no other. */
export async function readLive(context: Context, claims: AccessClaims): Promise<LiveRead> {
  await expectSettledProfile(context);
  const wanted = [claims.userAccount, ...claims.accounts];
  const read = await mapPool(wanted, AT_ONCE, readOne);
  const unread = read.flatMap((each, at): readonly UnreadAccount[] =>
    each.known ? [] : [{ account: wanted[at]?.key ?? "", reason: each.reason }],
  );
  const found = read.flatMap((each) => (each.known ? [each.value] : []));
  return { accounts: found.map(({ documents }) => documents), guards: found.map(({ guards }) => guards), unread };
}

async function readOne({ key, id: accountId, deployRoleArn, region }: ClaimedAccount) {
  const { readWholeAccount } = await import("../../live/read-account");
  const { liveDocuments, liveGuards } = await import("../../live/live-documents");
  try {
    const { live, inventory } = await readWholeAccount({ key, accountId, deployRoleArn, region });
    return known({ documents: liveDocuments(live, inventory), guards: liveGuards(live) });
  } catch (error) {
    return { known: false, reason: `${reasonOf(error)} (through ${deployRoleArn})` } as const;
  }
}

/** The claims about the accounts that were read: what is said of them is not said of the others. */
export function claimsOfRead(claims: AccessClaims, unread: readonly UnreadAccount[]): AccessClaims {
  const isRead = (key: string) => !unread.some(({ account }) => account === key);
  const roles = claims.roles.filter(({ account }) => isRead(account));
  const arns = new Set(roles.map(({ arn }) => arn));
  const granted = <T extends Pick<ClaimedPerson, "grants">>(each: T): T => ({
    ...each,
    grants: each.grants.filter(({ roleArn }) => arns.has(roleArn)),
  });
  const accounts = claims.accounts.filter(({ key }) => isRead(key));
  const holders = claims.holders.filter(({ account }) => isRead(account));
  const ids = new Set([claims.userAccount, ...accounts].map(({ id }) => id));
  return {
    ...claims,
    accounts,
    holders,
    roles,
    people: claims.people.map(granted),
    newcomers: claims.newcomers.map(granted),
    objects: claims.objects.filter(({ accountId }) => ids.has(accountId)),
  };
}
