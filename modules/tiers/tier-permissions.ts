import { type NamedPolicy, policyDocument, type Statement } from "../iam/policy-document";
import { spectatorDocument } from "./spectator";

/** What a tier's role may do: documents written into the role, and managed policies attached to it. */
export interface TierPermissions {
  /** Whether the role carries the operator boundary. */
  readonly bounded: boolean;
  readonly inlinePolicies: readonly NamedPolicy[];
  readonly policyArns: readonly string[];
}

/** Permissions of the built-in tiers; `undefined` for a name that is none. */
export function builtInPermissions(
  tier: string,
  { spectatorsReadData }: { readonly spectatorsReadData: boolean },
): TierPermissions | undefined {
  switch (tier) {
    case "administrator":
      return { bounded: false, inlinePolicies: [{ name: tier, document: EVERYTHING }], policyArns: [] };
    // What an operator may not do is only in the boundary, which holds for applications' roles as well.
    case "operator":
      return { bounded: true, inlinePolicies: [{ name: tier, document: EVERYTHING }], policyArns: [] };
    case "spectator":
      return {
        bounded: false,
        inlinePolicies: [{ name: tier, document: spectatorDocument(spectatorsReadData) }],
        policyArns: [],
      };
    default:
      return undefined;
  }
}

const EVERYTHING = policyDocument({ Sid: "Everything", Effect: "Allow", Action: ["*"], Resource: ["*"] });

/** Permissions of a tier of the roster's own: always within the operator boundary, so that no list can give more. */
export function ownPermissions(
  tier: string,
  lists: {
    readonly allow: readonly string[];
    readonly deny: readonly string[];
    readonly policyArns: readonly string[];
  },
): TierPermissions {
  const statements: readonly Statement[] = [
    { Sid: "Allowed", Effect: "Allow", Action: lists.allow, Resource: ["*"] },
    { Sid: "Denied", Effect: "Deny", Action: lists.deny, Resource: ["*"] },
  ];
  const written = statements.filter(({ Action }) => Action?.length);
  const inlinePolicies = written.length === 0 ? [] : [{ name: tier, document: policyDocument(...written) }];
  return { bounded: true, inlinePolicies, policyArns: lists.policyArns };
}
