import { GetAccountSummaryCommand, GetRoleCommand, type IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { PROTECTED_PATH } from "../access/names";
import type { AccountPlan } from "../access/plan";
import { type Known, known, unknown } from "../known";
import { compareText } from "../text";
import { askAll } from "../live/ask-all";
import { expectedReason } from "../live/aws-problem";
import { unassignedDevices } from "../live/devices";
import { isRevocationName } from "../iam/revocation-name";
import { readInventory } from "../live/read-inventory";
import type { LiveAccount } from "../live/live-account";
import { withoutRevocations } from "../live/live-documents";
import type { OpenAccount } from "../live/open-account";
import { readLiveAccount } from "../live/read-account";
import { AnswerError, ask } from "../live/send";
import { parseRevocation, type StandingRevocation } from "../iam/revocation";
import { readPasswordPolicy } from "../live/password-policy";
import type { AccountFacts, PeopleFacts, RoleFact, RootFacts } from "./facts";
import { readCredentials, type Wait } from "./read-people";

export interface AuditReading {
  readonly plan: AccountPlan;
  readonly now: Date;
  readonly wait: Wait;
  /** Asked twice: a reading that fails asks its own client nothing more. */
  readonly open: OpenAccount;
}

/** Reads one account, and never changes it; what fails is unknown with its reason, and holds up nothing else. */
export async function readFacts({ plan, now, wait, open }: AuditReading): Promise<AccountFacts> {
  const connection = await attempt(() => open(plan));
  if (!connection.known) return unreachable(plan, connection);
  const iam = connection.value;
  const [live, roles, inventory, root] = await Promise.all([
    attempt(async () => readLiveAccount(await open(plan), plan)),
    attempt(() => readRoles(iam, now)),
    attempt(() => readInventory(iam)),
    attempt(() => readRoot(iam)),
  ]);
  const people = plan.kind === "user" ? await readPeople(iam, now, wait) : undefined;
  return { plan, ...splitRevocations(live), roles, inventory, root, people };
}

async function attempt<T>(read: () => Promise<T>): Promise<Known<T>> {
  try {
    return known(await read());
  } catch (error) {
    return unknown(expectedReason(error));
  }
}

function unreachable(plan: AccountPlan, why: ReturnType<typeof unknown>): AccountFacts {
  return {
    plan,
    unreachable: why.reason,
    live: why,
    revocations: [],
    roles: why,
    inventory: why,
    root: why,
    people: plan.kind === "user" ? { credentials: why, strayDevices: why, passwordPolicy: why } : undefined,
  };
}

async function readPeople(iam: IAMClient, now: Date, wait: Wait): Promise<PeopleFacts> {
  return {
    credentials: await attempt(() => readCredentials(iam, now, wait)),
    strayDevices: await attempt(() => unassignedDevices(iam)),
    passwordPolicy: await attempt(() => readPasswordPolicy(iam)),
  };
}

/** Every role of the account; when it was last used only for the roster's own, since that takes a call for each. */
async function readRoles(client: IAMClient, now: Date): Promise<readonly RoleFact[]> {
  const roles: RoleFact[] = [];
  const found = await askAll(client, ListRolesCommand, {}, ({ Roles }) => Roles);
  for (const { RoleName = "", Path = "", Arn = "", CreateDate = now } of found) {
    const lastUsed = Path === PROTECTED_PATH ? await lastUse(client, RoleName) : undefined;
    roles.push({ name: RoleName, path: Path, arn: Arn, created: CreateDate, lastUsed });
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
  if (mfa === undefined || keys === undefined)
    throw new AnswerError("not-this", "the account summary says nothing about the root user; run this again");
  return {
    hasMfa: mfa > 0,
    hasKeys: keys > 0,
    hasCertificates,
    hasPassword: password === undefined ? undefined : password > 0,
  };
}

/** A denial that says exactly what an offboarding writes only takes sessions away; what merely looks like one stays where it is. */
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
