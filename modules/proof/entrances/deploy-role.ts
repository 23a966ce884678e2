import type { RoleDocuments } from "../../iam/account-documents";
import { quote } from "../../text";
import type { Classified } from "./classified";
import { judgeFederation } from "./federation";
import { personFindings } from "./people";
import { type AccountPlace, arnOf, expectedKeyOf, sayOf, whoOf } from "./place";
import { type Opening, readTrust } from "./read-trust";

/** The deploy role lets in the user account, where people have no policy for it, and whom the roster declares; nobody else. */
export function classifyDeployRole(place: AccountPlace, role: RoleDocuments): readonly Classified[] {
  const arn = arnOf(place, role);
  const openings = readTrust(role.trust, place.account.id);
  const found = isBootstrap(place, role, openings)
    ? [bootstrapUnknown(place, arn, openings)]
    : openings.flatMap((opening) => judge(place, arn, opening));
  const declared = new Set(place.expected.deployRole);
  const people = personFindings(place, role, ({ arn: person }) => declared.has(person));
  const all = [...found, ...people];
  return all.some(({ kind }) => kind === "finding" || kind === "unknown")
    ? all
    : [...all, sayOf(place, arn).expected("deploy-role")];
}

function judge(place: AccountPlace, arn: string, opening: Opening): readonly Classified[] {
  const { finding, note, unknown } = sayOf(place, arn);
  const { principal, kind } = opening;
  const cure = `remove that from its trust policy, or declare it: ${expectedKeyOf(place)}.deployRole: [${JSON.stringify(principal)}]`;
  if (kind === "unreadable")
    return [
      unknown(
        "unreadable-trust",
        `the deploy role ${quote(arn)} cannot be judged: ${principal}`,
        "correct its trust policy",
      ),
    ];
  if (kind === "gone")
    return [
      note("names-nobody", `the deploy role ${quote(arn)} trusts ${quote(principal)}, which is gone`, "remove it"),
    ];
  const lets = `the deploy role ${quote(arn)} lets in ${whoOf(place, opening)}`;
  if (kind === "anybody")
    return [
      finding("deploy-role-open", lets, "remove that from its trust policy: anyone who takes it controls the account"),
    ];
  const isDeclared = place.expected.deployRole.includes(principal);
  if (!isDeclared) return principal === place.claims.userAccount.id ? [] : [finding("deploy-role-open", lets, cure)];
  if (kind !== "provider") return [];
  const { isPinned, needs } = judgeFederation(opening);
  if (isPinned) return [];
  return [finding("federation-without-subject", `${lets}: its condition does not pin ${needs}`, `pin ${needs}`)];
}

/** As AWS Organizations makes it: one account that the roster does not know, and no condition. */
function isBootstrap(
  { claims, expected }: AccountPlace,
  { name }: RoleDocuments,
  openings: readonly Opening[],
): boolean {
  const [only, ...others] = openings;
  const known = [claims.userAccount, ...claims.accounts].some(({ id }) => id === only?.principal);
  return (
    name === "OrganizationAccountAccessRole" &&
    others.length === 0 &&
    only?.kind === "account" &&
    !known &&
    !expected.deployRole.includes(only.principal)
  );
}

function bootstrapUnknown(place: AccountPlace, arn: string, [opening]: readonly Opening[]): Classified {
  const id = opening?.principal ?? "";
  return sayOf(place, arn).unknown(
    "deploy-role-account",
    `the deploy role ${quote(arn)} lets in the account ${id}: whether that is your organization's management account cannot be read from here`,
    `if it is, declare it for all accounts: expected: { deployRole: ["${id}"] }`,
  );
}
