import type { Finding } from "../../finding";
import { roleArn } from "../../iam/arn";
import type { Expected } from "../../iam/expected";
import { quote } from "../../text";
import type { Account, UserAccount } from "../roster";
import { finding, type Rule } from "../rule";

/** What is declared is the account's own, and nothing that the roster makes or that AWS makes for itself. */
export const expectations: Rule = (roster) => {
  const accounts = [roster.userAccount, ...roster.accounts];
  const all = accounts.flatMap((account) => (account.expected ? judge(account, account.expected) : []));
  // What is said once for every account is found once.
  return all.filter((each, index) => all.findIndex((other) => isSame(each, other)) === index);
};

function isSame(a: Finding, b: Finding): boolean {
  return a.place.file === b.place.file && a.place.line === b.place.line && a.place.column === b.place.column;
}

function judge(account: Account | UserAccount, { deployRole, roles, providers }: Expected): readonly Finding[] {
  const open = `the deploy role of ${account.key} cannot be for anybody; name accounts or roles`;
  return [
    ...(deployRole.includes("*") ? [finding("deploy-role-for-anybody", account.place, open)] : []),
    ...roles.flatMap((role) => judgeRole(account, role)),
    ...providers.filter(({ name }) => !PROVIDER.test(name)).map(badProvider),
  ];
}

const PROVIDER = /^(oidc|saml)-provider\/[\w+=,.@:/-]+$/;

function badProvider({ name, place }: Expected["providers"][number]): Finding {
  const message = `invalid provider ${quote(name)}; give oidc-provider/<address> or saml-provider/<name>`;
  return finding("bad-declared-provider", place, message);
}

function judgeRole(
  account: Account | UserAccount,
  { name, trusts, place }: Expected["roles"][number],
): readonly Finding[] {
  const found = roleName(name).map((message) => finding("bad-declared-role", place, message));
  if (roleArn(account, "/", name) === account.deployRoleArn) {
    const message = `${quote(name)} is the deploy role of ${account.key}; declare who takes it as deployRole`;
    found.push(finding("declared-deploy-role", place, message));
  }
  if (trusts.length === 0) {
    const message = `${quote(name)} trusts nobody; give every principal of its trust policy`;
    found.push(finding("bad-declared-role", place, message));
  }
  return found;
}

function roleName(name: string): readonly string[] {
  if (!/^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(name))
    return [`invalid role ${quote(name)}; give a name or path/name`];
  if (name.startsWith("rolecall/"))
    return [`${quote(name)} is at the path of the roster's own roles; make it a tier, or move it`];
  return [];
}
