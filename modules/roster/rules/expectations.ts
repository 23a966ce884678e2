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
  const deploy = account.deployRoleArn;
  return [
    ...(deployRole.includes("*")
      ? [
          finding(
            "deploy-role-for-anybody",
            account.place,
            `the deploy role of ${account.key} cannot be for anybody; name accounts or roles`,
          ),
        ]
      : []),
    ...roles.flatMap(({ name, trusts, place }) => [
      ...roleName(name).map((why) => finding("bad-declared-role", place, `${quote(name)} ${why}`)),
      ...(roleArn(account, "/", name) === deploy
        ? [
            finding(
              "declared-deploy-role",
              place,
              `${quote(name)} is the deploy role of ${account.key}; declare who takes it as deployRole`,
            ),
          ]
        : []),
      ...(trusts.length === 0
        ? [
            finding(
              "bad-declared-role",
              place,
              `${quote(name)} trusts nobody; give every principal of its trust policy`,
            ),
          ]
        : []),
    ]),
    ...providers
      .filter(({ name }) => !/^(oidc|saml)-provider\/[\w+=,.@:/-]+$/.test(name))
      .map(({ name, place }) =>
        finding(
          "bad-declared-provider",
          place,
          `${quote(name)} is no provider; give oidc-provider/<address> or saml-provider/<name>`,
        ),
      ),
  ];
}

function roleName(name: string): readonly string[] {
  if (!/^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(name)) return ["is no role; give a name or path/name"];
  if (name.startsWith("rolecall/")) return ["is at the path of the roster's own roles; make it a tier, or move it"];
  return [];
}
