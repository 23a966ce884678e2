import type { AttachedTo, LivePolicyVersions } from "../../iam/account-documents";
import { quote } from "../../text";
import { operatorBoundaryArn } from "../checks/boundary";
import type { Classified } from "./classified";
import { type AccountPlace, sayOf } from "./place";

const APPLICATION_PATH = "/application/";

/**
 * A policy that operators may rewrite (`iam:CreatePolicyVersion`, `iam:SetDefaultPolicyVersion`) belongs to identities inside their
 * boundary alone: whoever else holds it, or is bounded by it, may do what an operator writes. No declaration makes that good.
 */
export function judgeRewritable(
  place: AccountPlace,
  { arn, path, holders, bounds = 0 }: LivePolicyVersions,
): readonly Classified[] {
  if (place.isUserAccount || !path.startsWith(APPLICATION_PATH)) return [];
  const { finding, unknown } = sayOf(place, arn);
  const limit = operatorBoundaryArn(place.account);
  const known: readonly AttachedTo[] = [...place.inventory.roles, ...place.inventory.usersAndGroups];
  const holding = known.filter(({ attached }) => attached.includes(arn));
  const loose = holding.filter(({ boundary }) => boundary !== limit);
  const bounded = known.filter(({ boundary }) => boundary === arn);
  const cure = `attach a copy at another path, or give the holder the boundary ${limit}`;
  const rewrite = `operators may rewrite ${quote(arn)}`;
  const unnamed = Math.max(holders - holding.length, bounds - bounded.length);
  return [
    ...loose.map((each) => finding("operators-may-rewrite", `${rewrite}, which ${nameOf(each)} holds`, cure)),
    ...bounded.map((each) => finding("operators-may-rewrite", `${rewrite}, which bounds ${nameOf(each)}`, cure)),
    ...(unnamed > 0
      ? [
          unknown(
            "operators-may-rewrite",
            `${rewrite}; AWS counts ${unnamed} more that hold it than it names`,
            "run this again",
          ),
        ]
      : []),
  ];
}

function nameOf({ kind, path, name }: AttachedTo): string {
  return `the ${kind} ${quote(`${path.slice(1)}${name}`)}`;
}
