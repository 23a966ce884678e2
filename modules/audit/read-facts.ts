import { GetAccountSummaryCommand, GetRoleCommand, type IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { PROTECTED_PATH } from "../access/names";
import type { AccountPlan } from "../access/plan";
import { type Known, known, unknown } from "../known";
import { compareText } from "../text";
import { askAll } from "../live/ask-all";
import { awsProblem } from "../live/aws-problem";
import { isRevocationName } from "../iam/revocation-name";
import { readInventory } from "../live/read-inventory";
import type { LiveAccount } from "../live/live-account";
import { withoutRevocations } from "../live/live-documents";
import { ask } from "../live/send";
import { parseRevocation } from "../iam/revocation";
import type { StandingRevocation } from "../people/sessions/revoke";
import type { AccountFacts, PeopleFacts, RoleFact, RootFacts } from "./facts";
import { readCredentials, readPasswordPolicy, readStrayDevices, type Wait } from "./read-people";

export interface AuditReading {
  readonly plan: AccountPlan;
  readonly now: Date;
  readonly wait: Wait;
  /** Connects to the account; asked once. Throws a sentence for people. */
  readonly connect: () => Promise<IAMClient>;
  /** Reads what the account holds of Rolecall's. */
  readonly readLive: () => Promise<LiveAccount>;
}

/** Reads one account, and never changes it; what fails is unknown with its reason, and the rest is read all the same. */
export async function readFacts({ plan, now, wait, connect, readLive }: AuditReading): Promise<AccountFacts> {
  const connection = await attempt(connect, (error) => (error instanceof Error ? error.message : String(error)));
  if (!connection.known) return unreachable(plan, connection);
  const iam = connection.value;
  const [live, roles, inventory, root] = await Promise.all([
    attempt(readLive),
    attempt(() => readRoles(iam, now)),
    attempt(() => readInventory(iam)),
    attempt(() => readRoot(iam)),
  ]);
  const people = plan.kind === "user" ? { people: await readPeople(iam, now, wait) } : {};
  return { plan, ...splitRevocations(live), roles, inventory, root, ...people };
}

async function attempt<T>(read: () => Promise<T>, reason = awsProblem): Promise<Known<T>> {
  try {
    return known(await read());
  } catch (error) {
    return unknown(reason(error));
  }
}

function unreachable(plan: AccountPlan, why: ReturnType<typeof unknown>): AccountFacts {
  const people = { credentials: why, strayDevices: why, passwordPolicy: why };
  const nothing = { live: why, revocations: [], roles: why, inventory: why, root: why };
  const facts = { plan, unreachable: why.reason, ...nothing };
  return plan.kind === "user" ? { ...facts, people } : facts;
}

async function readPeople(iam: IAMClient, now: Date, wait: Wait): Promise<PeopleFacts> {
  return {
    credentials: await attempt(() => readCredentials(iam, now, wait)),
    strayDevices: await attempt(() => readStrayDevices(iam)),
    passwordPolicy: await attempt(() => readPasswordPolicy(iam)),
  };
}

/** Every role of the account; when it was last used for ours alone, since that takes a call for each. */
async function readRoles(client: IAMClient, now: Date): Promise<readonly RoleFact[]> {
  const roles: RoleFact[] = [];
  const found = await askAll(client, ListRolesCommand, {}, ({ Roles }) => Roles);
  for (const { RoleName = "", Path = "", Arn = "", CreateDate = now } of found) {
    const lastUsed = Path === PROTECTED_PATH ? await lastUse(client, RoleName) : undefined;
    const used = lastUsed === undefined ? {} : { lastUsed };
    roles.push({ name: RoleName, path: Path, arn: Arn, created: CreateDate, ...used });
  }
  return roles.sort((a, b) => compareText(a.arn, b.arn));
}

async function lastUse(iam: IAMClient, RoleName: string): Promise<Date | undefined> {
  return (await ask(iam, new GetRoleCommand({ RoleName }))).Role?.RoleLastUsed?.LastUsedDate;
}

async function readRoot(iam: IAMClient): Promise<RootFacts> {
  const { SummaryMap } = await ask(iam, new GetAccountSummaryCommand({}));
  const { AccountMFAEnabled: mfa, AccountAccessKeysPresent: keys, AccountPasswordPresent: password } = SummaryMap ?? {};
  const hasCertificates = (SummaryMap?.AccountSigningCertificatesPresent ?? 0) > 0;
  if (mfa === undefined || keys === undefined) throw new Error("the account summary says nothing of the root user");
  return {
    hasMfa: mfa > 0,
    hasKeys: keys > 0,
    hasCertificates,
    ...(password === undefined ? {} : { hasPassword: password > 0 }),
  };
}

/** A denial with exactly our text takes nothing but sessions away; what only looks like one stays where it is. */
function splitRevocations(live: Known<LiveAccount>): Pick<AccountFacts, "live" | "revocations"> {
  if (!live.known) return { live, revocations: [] };
  const revocations = live.value.roles.flatMap(({ name: roleName, inline }) =>
    Object.entries(inline)
      .filter(([policyName]) => isRevocationName(policyName))
      .map(([policyName, document]): StandingRevocation => {
        return { roleName, policyName, revocation: parseRevocation(policyName, document) };
      }),
  );
  const roles = live.value.roles.map((role) => ({ ...role, inline: withoutRevocations(role.inline) }));
  return { live: known({ ...live.value, roles }), revocations };
}
