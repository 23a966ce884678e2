import { PROTECTED_PATH } from "../../access/names";
import { quote } from "../../text";
import { type AuditCheck, ifKnown, itemsOf } from "../check";
import type { RoleFact } from "../facts";

const OURS = "the user account";

/**
 * No role but the tiers' and the deploy role is open to the user account's people, and none at all to anybody: such a role is a way
 * around the roster.
 */
export const foreignTrusts: AuditCheck = ({ accounts, roster }) =>
  accounts.flatMap((account) => {
    const { finding, unknown } = itemsOf("other-roles", account);
    // The tiers' trusts are proven.
    const isTier = ({ path }: RoleFact) => account.plan.kind === "workload" && path === PROTECTED_PATH;
    const isDeploy = ({ arn }: RoleFact) => arn === account.plan.deployRoleArn;
    return ifKnown(
      account.roles,
      (why) => unknown("the roles", why),
      (roles) =>
        roles
          .filter((role) => !isTier(role))
          .flatMap((role) => {
            const who = openTo(role.trust, roster.userAccount.id);
            if (who === "unreadable")
              return [unknown(`the trust of ${quote(role.arn)}`, { reason: "its text is no policy" })];
            if (who === undefined || (isDeploy(role) && who === OURS)) return [];
            return [finding(`${quote(role.arn)} lets in ${who}`, "delete it, or take that out of its trust policy")];
          }),
    );
  });

/** Whom of ours a trust lets in: anybody, people of the user account, or none (`undefined`). */
function openTo(trust: unknown, userAccountId: string): string | undefined {
  if (typeof trust !== "object" || trust === null || !("Statement" in trust)) return "unreadable";
  const statements = Array.isArray(trust.Statement) ? trust.Statement : [trust.Statement];
  const principals = statements
    .filter((statement) => statement?.Effect !== "Deny")
    .flatMap((statement) => (statement?.NotPrincipal === undefined ? awsPrincipals(statement?.Principal) : ["*"]));
  if (principals.some((principal) => principal.includes("*"))) return "anybody, under its conditions if it has some";
  const mine = new RegExp(`^(${userAccountId}|arn:[^:]*:(iam|sts)::${userAccountId}:.*)$`);
  return principals.some((principal) => mine.test(principal)) ? OURS : undefined;
}

function awsPrincipals(principal: unknown): readonly string[] {
  if (typeof principal === "string") return [principal];
  const named = typeof principal === "object" && principal !== null && "AWS" in principal ? principal.AWS : [];
  return (Array.isArray(named) ? named : [named]).map(String);
}
