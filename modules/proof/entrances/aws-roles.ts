import type { RoleDocuments } from "../../iam/account-documents";
import { serviceName } from "../../iam/partition";
import { quote } from "../../text";
import type { Classified } from "./classified";
import { type AccountPlace, arnOf, sayOf } from "./place";
import { readTrust } from "./read-trust";
import services from "./services.json";

const LINKED = /^\/aws-service-role\/([a-z0-9.-]+)\/$/;
const CENTER_PATH = /^\/aws-reserved\/sso\.amazonaws\.com(?:\.cn)?\/([a-z0-9-]+\/)?$/;
const CENTER_NAME = /^AWSReservedSSO_.+_[0-9a-f]{16}$/;
/** The provider that Identity Center makes in each account. */
export const CENTER_PROVIDER = /(^|:)saml-provider\/AWSSSO_[0-9a-f]{16}_DO_NOT_DELETE$/;

/**
 * Roles that AWS makes for itself, recognized by path, name and trust together: one that only looks like them is not one. Undefined for all others.
 * Sources: IAM User Guide, "Service-linked roles"; IAM Identity Center User Guide, "Referencing permission sets" (read 2026-11).
 */
export function classifyAwsRole(place: AccountPlace, role: RoleDocuments): readonly Classified[] | undefined {
  const arn = arnOf(place, role);
  const { expected, note } = sayOf(place, arn);
  if (isCenterRole(role, place.account.id)) return [expected("identity-center-role")];
  const service = linkedService(role, place.account.id);
  if (service === undefined) return undefined;
  const runs = place.isUserAccount && services.compute.services.includes(serviceName(service));
  const message = `${quote(arn)} says that ${service} runs or ran something in the user account`;
  return [
    expected("service-linked-role"),
    ...(runs
      ? [note("compute-in-user-account", message, "see whether it still runs, and move it to another account")]
      : []),
  ];
}

export function isCenterRole({ name, path, trust }: RoleDocuments, accountId: string): boolean {
  const openings = readTrust(trust, accountId);
  const isTrusting = openings.length > 0 && openings.every(({ principal }) => CENTER_PROVIDER.test(principal));
  return CENTER_PATH.test(path) && CENTER_NAME.test(name) && isTrusting;
}

function linkedService({ name, path, trust }: RoleDocuments, accountId: string): string | undefined {
  const service = LINKED.exec(path)?.[1];
  const openings = readTrust(trust, accountId);
  const isOnlyServices = openings.every(({ kind }) => kind === "service");
  const isItsOwn = openings.some(({ principal }) => principal === service);
  return name.startsWith("AWSServiceRoleFor") && isOnlyServices && isItsOwn ? service : undefined;
}
