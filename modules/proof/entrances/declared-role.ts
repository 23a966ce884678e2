import type { RoleDocuments } from "../../iam/account-documents";
import type { ExpectedRole } from "../../iam/expected";
import { compareText, quote } from "../../text";
import type { Classified } from "./classified";
import { judgeFederation } from "./federation";
import { roleFingerprint } from "./fingerprint";
import { isNarrowed } from "./openings";
import { personFindings } from "./people";
import { type AccountPlace, arnOf, expectedKeyOf, sayOf, whoOf } from "./place";
import { type Opening, readTrust } from "./read-trust";

/** A role that the roster declares is exactly what was declared: whom it trusts, on what conditions, and what it may do. */
export function classifyDeclaredRole(
  place: AccountPlace,
  role: RoleDocuments,
  declared: ExpectedRole,
): readonly Classified[] {
  const arn = arnOf(place, role);
  const openings = readTrust(role.trust, place.account.id);
  const found = [
    ...differences(place, role, declared, openings),
    ...openings.flatMap((opening) => neverDeclared(place, arn, opening)),
    ...personFindings(place, role, () => true),
  ];
  return found.length > 0 ? found : [sayOf(place, arn).expected("declared-role")];
}

function differences(
  place: AccountPlace,
  role: RoleDocuments,
  { trusts, fingerprint }: ExpectedRole,
  openings: readonly Opening[],
): readonly Classified[] {
  const arn = arnOf(place, role);
  const live = roleFingerprint(role, place.account.id, place.inventory);
  const principals = principalsOf(openings);
  const cure = `put it back, or declare what it is now: ${declarationOf(place, role)}`;
  const { finding } = sayOf(place, arn);
  const added = principals.filter((each) => !trusts.includes(each));
  if (added.length > 0)
    return [
      finding(
        "declared-role-changed",
        `the declared role ${quote(arn)} also trusts ${added.map(quote).join(", ")}`,
        cure,
      ),
    ];
  if (live === fingerprint && principals.length === trusts.length) return [];
  const [trust, rights] = live.split("-");
  const parts = [
    ...(fingerprint.startsWith(`${trust}-`) && principals.length === trusts.length ? [] : ["trust"]),
    ...(fingerprint.endsWith(`-${rights}`) ? [] : ["rights"]),
  ];
  return [
    finding("declared-role-changed", `the ${parts.join(" and the ")} of the declared role ${quote(arn)} changed`, cure),
  ];
}

/** What no declaration makes good: anybody without a limit, and a provider that others share without a subject. */
function neverDeclared(place: AccountPlace, arn: string, opening: Opening): readonly Classified[] {
  const { finding, unknown } = sayOf(place, arn);
  const lets = `the declared role ${quote(arn)} lets in ${whoOf(place, opening)}`;
  if (opening.kind === "unreadable")
    return [
      unknown(
        "unreadable-trust",
        `the declared role ${quote(arn)} cannot be judged: ${opening.principal}`,
        "correct its trust policy",
      ),
    ];
  if (opening.kind === "anybody" && !isNarrowed(opening))
    return [finding("open-to-anybody", lets, "name the principals, or pin aws:PrincipalOrgID")];
  if (opening.kind !== "provider") return [];
  const { isOurs, needs } = judgeFederation(opening);
  return isOurs
    ? []
    : [finding("federation-without-subject", `${lets}: its condition does not pin ${needs}`, `pin ${needs}`)];
}

function principalsOf(openings: readonly Opening[]): readonly string[] {
  return [...new Set(openings.map(({ principal }) => principal))].sort(compareText);
}

/** The line of the roster that declares the role as it is. */
export function declarationOf(place: AccountPlace, role: RoleDocuments): string {
  const name = roleName(role);
  const trusts = principalsOf(readTrust(role.trust, place.account.id));
  const fingerprint = roleFingerprint(role, place.account.id, place.inventory);
  return `${expectedKeyOf(place)}.roles: { ${JSON.stringify(name)}: { trusts: ${JSON.stringify(trusts)}, fingerprint: ${fingerprint} } }`;
}

/** As the roster writes it: the name with its path, without the slash in front. */
export function roleName({ path, name }: RoleDocuments): string {
  return `${path.slice(1)}${name}`;
}
