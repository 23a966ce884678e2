import { PROTECTED_PATH } from "../../access/names";
import { formatFinding } from "../../finding";
import { type PolicyDocument, renderDocument } from "../../iam/policy-document";
import { QUOTAS } from "../../iam/quotas";
import type { Account, Roster, UserAccount } from "../../roster/roster";
import { didYouMean, quote } from "../../text";
import { accountGuardScp, guardScp } from "../../tiers/guard-scp";
import type { Context } from "../../machine/context";
import { readRoster } from "../roster/read-roster";
import { count, countOf } from "../../words";

export interface ScpOptions {
  readonly roster?: string;
  /** Key of the account the policy is for. @default one policy for all accounts */
  readonly account?: string;
  /** One line of JSON for each account. */
  readonly each?: boolean;
}

const MEANING = `While it is attached,
- tier roles and their policies (path ${PROTECTED_PATH}) are changed by the deploy roles alone, also not by administrators;
- the deploy roles are changed and made by nobody: detach the policy first.
It does not bind the organization's management account. Without it, administrators can undo everything: it is the one thing
that binds them.`;

/** Prints the service control policy that binds administrators; what it means goes to standard error. Exit 0; 1 when it is too large; 2. */
export async function scp(context: Context, options: ScpOptions): Promise<number> {
  const roster = await readRoster(context, options.roster);
  for (const finding of roster.findings) context.stderr(`${formatFinding(finding)}\n`);
  if (!roster.ok) return 2;
  const accounts = [roster.value.userAccount, ...roster.value.accounts];
  if (options.each === true) return eachAccount(context, accounts);
  if (options.account !== undefined) return oneAccount(context, accounts, options.account);
  return allAccounts(context, roster.value);
}

type AnyAccount = Account | UserAccount;

function allAccounts(context: Context, { userAccount, accounts }: Roster): number {
  const deployRoleArns = [userAccount, ...accounts].map(({ deployRoleArn }) => deployRoleArn);
  const document = guardScp({ path: PROTECTED_PATH, partition: userAccount.partition, deployRoleArns });
  const names = new Set(deployRoleArns.map((arn) => arn.slice(arn.indexOf(":role/")))).size;
  const all = countOf(deployRoleArns.length, "account has", "accounts have");
  return put(context, document, {
    ifTooLarge: `the ${all} ${count(names)} different deploy roles: give all of them one name (deployRole), or print one policy for each account (rolecall scp --each)`,
    target: "Attach it to the accounts of the roster, or to an organizational unit that holds them and no others.",
    command: "rolecall scp",
    targetId: "<account or organizational unit>",
  });
}

function oneAccount(context: Context, accounts: readonly AnyAccount[], key: string): number {
  const account = accounts.find((each) => each.key === key);
  if (account === undefined) {
    const keys = accounts.map((each) => each.key);
    context.stderr(`unknown account ${quote(key)}${didYouMean(key, keys) || `; known are ${keys.join(", ")}`}\n`);
    return 2;
  }
  return put(context, accountGuardScp(account, PROTECTED_PATH), {
    ifTooLarge: "shorten the name or path of its deploy role",
    target: `Attach it to the account ${account.id} (${key}) and to nothing else: it guards no other account.`,
    command: `rolecall scp --account ${key}`,
    targetId: account.id,
  });
}

interface Explained {
  /** Why it is too large, and the cure. */
  readonly ifTooLarge: string;
  /** A sentence. */
  readonly target: string;
  readonly command: string;
  readonly targetId: string;
}

/** Nothing that AWS refuses is printed. */
function put(context: Context, document: PolicyDocument, explained: Explained): number {
  const text = renderDocument(document);
  // White space counts, and the aws client sends the line's end as well.
  const chars = text.length + 1;
  const most = QUOTAS.serviceControlPolicyChars;
  if (chars > most) {
    const size = `the service control policy would have ${count(chars)} characters, and AWS takes ${count(most)}`;
    context.stderr(`${size} (${count(OLD_MOST)} until May 2026); ${explained.ifTooLarge}\n`);
    return 1;
  }
  const { target, command, targetId } = explained;
  const old =
    chars > OLD_MOST
      ? `Until May 2026 AWS took ${count(OLD_MOST)} characters; where it refuses this policy, use rolecall scp --each.\n`
      : "";
  context.stdout(`${text}\n`);
  context.stderr(`This is a service control policy for your organization, ${count(chars)} of ${count(most)} characters. ${MEANING}
${target} From the management account:
  ${command} > guard.json
  aws organizations create-policy --type SERVICE_CONTROL_POLICY --name rolecall-guard --description "tier roles" --content file://guard.json
  aws organizations attach-policy --policy-id <id> --target-id ${targetId}
${old}`);
  return 0;
}

const OLD_MOST = 5_120;

function eachAccount(context: Context, accounts: readonly AnyAccount[]): number {
  const lines = accounts.map((account) => {
    const policy = accountGuardScp(account, PROTECTED_PATH);
    return { account: account.key, attachTo: account.id, chars: renderDocument(policy).length, policy };
  });
  const tooLong = lines.filter(({ chars }) => chars > QUOTAS.serviceControlPolicyChars).map(({ account }) => account);
  if (tooLong.length > 0) {
    context.stderr(
      `the policies of ${tooLong.join(", ")} would be too large; shorten the names of their deploy roles\n`,
    );
    return 1;
  }
  for (const line of lines) context.stdout(`${JSON.stringify(line)}\n`);
  context.stderr(
    `These are ${countOf(lines.length, "service control policy", "service control policies")}, one a line. Attach each to the account in its attachTo and to nothing else: it guards no other account. ${MEANING}\n`,
  );
  return 0;
}
