import type { RoleDocuments } from "../../iam/account-documents";
import { quote } from "../../text";
import { operatorBoundaryArn } from "../checks/boundary";
import { classifyAwsRole } from "./aws-roles";
import type { Classified } from "./classified";
import { classifyDeclaredRole, declarationOf, roleName } from "./declared-role";
import { classifyDeployRole } from "./deploy-role";
import { githubSubjectNotes } from "./github-subjects";
import { judgeOpening } from "./openings";
import { personFindings } from "./people";
import { type AccountPlace, arnOf, sayOf, standingRole } from "./place";
import { type Opening, readTrust } from "./read-trust";

/** What a role is: never nothing. By its trust and its rights, and by nobody's word for what it is. */
export function classifyRole(place: AccountPlace, role: RoleDocuments): readonly Classified[] {
  const arn = arnOf(place, role);
  if (place.claims.roles.some((tier) => tier.arn === arn)) return [sayOf(place, arn).expected("tier-role")];
  return [...classifyByTrust(place, role, arn), ...githubSubjectNotes(place, role)];
}

function classifyByTrust(place: AccountPlace, role: RoleDocuments, arn: string): readonly Classified[] {
  if (arn === place.account.deployRoleArn) return classifyDeployRole(place, role);
  const declared = place.expected.roles.find(({ name }) => name === roleName(role));
  if (declared) return classifyDeclaredRole(place, role, declared);
  return classifyAwsRole(place, role) ?? classifyOtherRole(place, role);
}

function classifyOtherRole(place: AccountPlace, role: RoleDocuments): readonly Classified[] {
  const arn = arnOf(place, role);
  const openings = readTrust(role.trust, place.account.id);
  const cure = `delete it, narrow its trust policy, or declare it: ${declarationOf(place, role)}`;
  const opened = [
    ...openings.flatMap((opening) => judgeOpening(place, arn, opening, cure)),
    ...personFindings(place, role, () => false),
  ];
  if (place.isUserAccount) {
    const stands = `${quote(arn)} is in the user account, and nobody may take it`;
    const isNamed = opened.some(({ kind }) => kind !== "note");
    return isNamed ? opened : [...opened, sayOf(place, arn).finding("unexpected-role", stands, cure)];
  }
  const all = [...opened, ...judgeRights(place, role, cure)];
  const isWrong = all.some(({ kind }) => kind === "finding" || kind === "unknown");
  return isWrong ? all : [...all, sayOf(place, arn).expected(classOf(role, openings))];
}

/** A role that comes within an operator's reach, by taking it or by the compute that carries it, is no stronger than operators are. */
function judgeRights(place: AccountPlace, role: RoleDocuments, cure: string): readonly Classified[] {
  const arn = arnOf(place, role);
  const { finding } = sayOf(place, arn);
  const weak = tiersThatTake(place, role).find(({ promise }) => promise !== "operator");
  if (weak)
    return [
      finding(
        "tier-takes-role",
        `${weak.tier} in ${place.account.key} may take ${quote(arn)}, in addition to its own rights`,
        cure,
      ),
    ];
  const bounded = `give it the boundary ${operatorBoundaryArn(place.account)}, or declare it: ${declarationOf(place, role)}`;
  const isBounded = role.boundary === operatorBoundaryArn(place.account);
  if (role.path.startsWith("/application/") && !isBounded) {
    const message = `${quote(arn)} is an application's role without the boundary; operators may pass and take it`;
    return [finding("application-without-boundary", message, bounded)];
  }
  const how = place.reached.get(arn);
  const beyond = how === undefined ? [] : place.beyond(role);
  if (beyond.length === 0) return [];
  const message = `${quote(arn)} may ${beyond.join(", ")}, which operators may not; ${how}`;
  return [finding("stronger-than-operators", message, bounded)];
}

/** Tiers of the account, administrators aside, whose sessions take the role. */
function tiersThatTake(place: AccountPlace, role: RoleDocuments) {
  const standing = standingRole(place, role);
  return place.claims.roles.filter(({ accountId, promise, tier }) => {
    if (accountId !== place.account.id || promise === "administrator") return false;
    const taker = place.takers.roles.find((each) => each.accountId === accountId && each.documents.name === tier);
    return standing !== undefined && taker !== undefined && place.takers.bySession(taker, standing);
  });
}

function classOf(role: RoleDocuments, openings: readonly Opening[]): string {
  const has = (kind: Opening["kind"]) => openings.some((opening) => opening.kind === kind);
  if (role.path.startsWith("/application/")) return "application-role";
  if (has("service")) return "service-role";
  if (has("provider")) return "federated-role";
  return has("account") || has("role") ? "own-role" : "closed-role";
}
