import { quote } from "../../text";
import { finding, type Rule } from "../rule";

/** Each deploy role is a role of its own account. */
export const deployRoles: Rule = (roster) =>
  [roster.userAccount, ...roster.accounts].flatMap(({ key, id, deployRoleArn, place }) => {
    const account = ROLE.exec(deployRoleArn)?.[1];
    if (account === undefined)
      return [
        finding(
          "bad-deploy-role",
          place,
          `invalid deploy role ${quote(deployRoleArn)} of ${key}; give a name, path/name or role ARN`,
        ),
      ];
    return account === id
      ? []
      : [
          finding(
            "foreign-deploy-role",
            place,
            `the deploy role of ${key} is in the account ${account}, and the account is ${id}; give a role of the account itself`,
          ),
        ];
  });

const ROLE = /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;
