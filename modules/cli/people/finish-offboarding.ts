import type { StandingRevocation } from "../../people/sessions/revoke";
import { jsonText } from "../json-text";
import { isoSeconds, revocationEnds } from "../../iam/revocation";
import { formatFinding } from "../../finding";
import type { Account, Roster } from "../../roster/roster";
import type { Context } from "../../machine/context";
import { expectSettledProfile } from "../devices/expect-settled";
import { openAccount } from "./open-account";
import { orExplain, sentenceOf } from "../or-explain";
import { readRoster } from "../roster/read-roster";
import { countOf } from "../../words";
import { mapPool } from "../../pool";

export interface FinishOptions {
  readonly roster?: string;
  readonly json: boolean;
  /** Say what would be removed, and remove nothing. */
  readonly dryRun?: boolean;
}

interface Seen {
  readonly account: string;
  readonly role: string;
  readonly policy: string;
  readonly outcome: "removed" | "would be removed" | "too early" | "not ours";
  /** When it may be removed. */
  readonly ends?: string;
}

/**
 * Removes the denials of offboardings whose sessions cannot live any more. Exit 0 none is left, 1 some stay until their time or in a dry run,
 * 2 an account could not be reached.
 */
export async function finishOffboarding(context: Context, options: FinishOptions): Promise<number> {
  return orExplain(context, async () => {
    const roster = await readRoster(context, options.roster);
    for (const finding of roster.findings) context.stderr(`${formatFinding(finding)}\n`);
    if (!roster.ok) return 2;
    const accounts = [roster.value.userAccount, ...roster.value.accounts];
    const found = await mapPool(accounts, AT_ONCE, async (account) => {
      const seen: Seen[] = [];
      const failure = await finishAccount(context, account, seen, options.dryRun === true).then(
        () => undefined,
        (error: unknown) => `${account.key}: ${sentenceOf(error)}`,
      );
      return { seen, failure };
    });
    const seen = found.flatMap((each) => each.seen);
    const failures = found.flatMap(({ failure }) => failure ?? []);
    for (const failure of failures) context.stderr(`${failure}\n`);
    if (options.json) context.stdout(jsonText("offboard-finish", { seen, failures }));
    else context.stdout(seen.length === 0 ? noneText(failures.length) : seen.map(lineOf).join(""));
    if (failures.length > 0) return 2;
    return seen.every(({ outcome }) => outcome === "removed") ? 0 : 1;
  });
}

/** Accounts at once: each has its own limits at AWS. */
const AT_ONCE = 8;

/** None in an account that was not read is no "none". */
function noneText(failures: number): string {
  return failures === 0
    ? "no denial of sessions stands\n"
    : `${countOf(failures, "account was", "accounts were")} not read; no denial was found in the others\n`;
}

async function finishAccount(
  context: Context,
  account: Account | Roster["userAccount"],
  seen: Seen[],
  dryRun: boolean,
): Promise<void> {
  await expectSettledProfile(context);
  const { ListRolesCommand } = await import("@aws-sdk/client-iam");
  const { askAll } = await import("../../live/ask-all");
  const { readRevocations, removeRevocation } = await import("../../people/sessions/revoke");
  const { readRoleAndTime } = await import("../../people/sessions/server-time");
  const iam = await openAccount(account, "rolecall-offboard");
  context.stderr(`looking through the roles of ${account.key}\n`);
  const roles = await askAll(iam, ListRolesCommand, {}, ({ Roles }) => Roles);
  const names = roles.filter(isChangeable).map(({ RoleName = "" }) => RoleName);
  for (const name of names.sort()) {
    for (const standing of await readRevocations(iam, name)) {
      const { now } = await readRoleAndTime(iam, name);
      // The earlier of the two clocks: a denial that goes too early lets sessions live again.
      const found = judge(account.key, standing, new Date(Math.min(now.getTime(), context.now.getTime())));
      const isOver = found.outcome === "removed";
      if (isOver && !dryRun) await removeRevocation(iam, name, standing.policyName);
      seen.push(isOver && dryRun ? { ...found, outcome: "would be removed" } : found);
    }
  }
}

/** Roles of AWS's own services carry no policy of ours. */
function isChangeable({ Path }: { readonly Path?: string }): boolean {
  return !Path?.startsWith("/aws-service-role/");
}

function judge(
  account: string,
  { roleName: role, policyName: policy, revocation }: StandingRevocation,
  now: Date,
): Seen {
  if (revocation === undefined) return { account, role, policy, outcome: "not ours" };
  const ends = revocationEnds(revocation);
  const outcome = now.getTime() >= ends.getTime() ? "removed" : "too early";
  return { account, role, policy, outcome, ends: isoSeconds(ends) };
}

function lineOf({ account, role, policy, outcome, ends }: Seen): string {
  const why = {
    removed: "removed: no session it denied can live any more",
    "would be removed": "would be removed: no session it denied can live any more",
    "too early": `stays until ${ends}: sessions it denies may live until then; run this again after it`,
    "not ours": "stays: its text is not what an offboarding writes; look at it by hand",
  }[outcome];
  return `${account}: ${role}: ${policy} ${why}\n`;
}
