import { PROTECTED_PATH } from "../../access/names";
import { type PolicyDocument, renderDocument } from "../../iam/policy-document";
import { QUOTAS } from "../../iam/quotas";
import type { Account, Roster, UserAccount } from "../../roster/roster";
import { didYouMean, quote } from "../../text";
import { accountGuardScp, guardScp } from "../../tiers/guard-scp";
import { Refusal } from "../../refusal";
import type { Answer } from "../answer";
import { define } from "../command";
import { rosterFlag } from "../flags";
import { expectRoster } from "../roster/read-roster";
import { count, countOf } from "../../words";

const MEANING = `While it is attached,
- only the deploy roles change tier roles and their policies (path ${PROTECTED_PATH}), not even administrators do;
- nobody makes or changes the deploy roles: detach the policy first.
It does not bind the organization's management account. Without it, administrators can undo everything: it is the one thing
that binds them.`;

/** The service control policy that binds administrators; what it means goes to standard error. Exit 0; 1 when it is too large; 2. */
export const scp = define(
  {
    name: "scp",
    about: "print the service control policy that binds even administrators, with what it means",
    usage: (command) =>
      command
        .option("--account <account>", "the policy of this account only, to be attached to it and to nothing else")
        .option("--each", "one policy for each account, one JSON object a line: { account, attachTo, chars, policy }")
        .addOption(rosterFlag()),
  },
  async (context, { account, each, roster: path }) => {
    const { roster, findings } = await expectRoster(context, path);
    const accounts = [roster.userAccount, ...roster.accounts];
    if (each === true) return { ...eachAccount(accounts), findings };
    return { ...(account === undefined ? allAccounts(roster) : oneAccount(accounts, account)), findings };
  },
);

type AnyAccount = Account | UserAccount;

function allAccounts({ userAccount, accounts }: Roster): Answer {
  const deployRoleArns = [userAccount, ...accounts].map(({ deployRoleArn }) => deployRoleArn);
  const document = guardScp({ path: PROTECTED_PATH, partition: userAccount.partition, deployRoleArns });
  const names = new Set(deployRoleArns.map((arn) => arn.slice(arn.indexOf(":role/")))).size;
  const all = countOf(deployRoleArns.length, "account has", "accounts have");
  return policyAnswer(document, {
    ifTooLarge: `the ${all} ${count(names)} different deploy roles: give all of them one name (deployRole), or print one policy for each account (rolecall scp --each)`,
    target: "Attach it to the accounts of the roster, or to an organizational unit that holds them and no others.",
    command: "rolecall scp",
    targetId: "<account or organizational unit>",
  });
}

function oneAccount(accounts: readonly AnyAccount[], key: string): Answer {
  const account = accounts.find((each) => each.key === key);
  if (account === undefined) {
    const keys = accounts.map((each) => each.key);
    throw new Refusal(`unknown account ${quote(key)}${didYouMean(key, keys) || `; known are ${keys.join(", ")}`}`);
  }
  return policyAnswer(accountGuardScp(account, PROTECTED_PATH), {
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
function policyAnswer(document: PolicyDocument, explained: Explained): Answer {
  const text = renderDocument(document);
  // White space counts, and the aws client sends the line's end as well.
  const chars = text.length + 1;
  const most = QUOTAS.serviceControlPolicyChars;
  if (chars > most) {
    const size = `the service control policy would have ${count(chars)} characters, and AWS takes ${count(most)}`;
    throw new Refusal(`${size} (${count(OLD_MOST)} until May 2026); ${explained.ifTooLarge}`, { exit: 1 });
  }
  const { target, command, targetId } = explained;
  const talk = [
    `This is a service control policy for your organization, ${count(chars)} of ${count(most)} characters. ${MEANING}`,
    `${target} From the management account:`,
    `  ${command} > guard.json`,
    '  aws organizations create-policy --type SERVICE_CONTROL_POLICY --name rolecall-guard --description "tier roles" --content file://guard.json',
    `  aws organizations attach-policy --policy-id <id> --target-id ${targetId}`,
  ];
  if (chars > OLD_MOST)
    talk.push(
      `Until May 2026 AWS took ${count(OLD_MOST)} characters; where it refuses this policy, use rolecall scp --each.`,
    );
  return { exit: 0, text: `${text}\n`, talk };
}

const OLD_MOST = 5_120;

function eachAccount(accounts: readonly AnyAccount[]): Answer {
  const lines = accounts.map((account) => {
    const policy = accountGuardScp(account, PROTECTED_PATH);
    return { account: account.key, attachTo: account.id, chars: renderDocument(policy).length, policy };
  });
  const tooLong = lines.filter(({ chars }) => chars > QUOTAS.serviceControlPolicyChars).map(({ account }) => account);
  if (tooLong.length > 0)
    throw new Refusal(
      `the policies of ${tooLong.join(", ")} would be too large; shorten the names of their deploy roles`,
      { exit: 1 },
    );
  const policies = countOf(lines.length, "service control policy", "service control policies");
  return {
    exit: 0,
    text: lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
    talk: [
      `These are ${policies}, one a line. Attach each to the account in its attachTo and to nothing else: it guards no other account. ${MEANING}`,
    ],
  };
}
