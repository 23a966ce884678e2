import type { AccountDocuments, PolicyHolder } from "../../iam/account-documents";
import { type AccountRef, iamArn } from "../../iam/arn";
import { otherTags } from "../../iam/other-tags";
import { quote } from "../../text";
import type { AccessClaims, ClaimedObject } from "../claims";

/** Something that exists and that nothing in the roster asks for. */
export interface Extra {
  readonly claim: string;
  readonly message: string;
  readonly cure: string;
}

/** Users, groups, roles and policies that no claim names, and other boundaries and tags than claimed. */
export function extraObjects(claims: AccessClaims, documents: AccountDocuments): readonly Extra[] {
  const { id, users, groups, roles } = documents;
  const account = [claims.userAccount, ...claims.accounts].find((each) => each.id === id) ?? documents;
  const claimed = new Map(claims.objects.map((object) => [object.arn, object]));
  const isUserAccount = id === claims.userAccount.id;
  // Users of other accounts are named by themselves.
  const holders: readonly PolicyHolder[] = [...(isUserAccount ? users : []), ...groups, ...roles];
  return [
    ...holders.flatMap((holder) => {
      const object = claimed.get(arnOf(account, holder));
      return object === undefined
        ? [stranger(account, holder)]
        : [...boundary(object, holder), ...tags(object, holder)];
    }),
    ...extraPolicies(claimed, account, documents),
  ];
}

function arnOf(account: AccountRef, { kind, path, name }: PolicyHolder): string {
  return iamArn(account, `${kind}${path}${name}`);
}

const CURES: Readonly<Record<PolicyHolder["kind"], string>> = {
  user: "remove it, or add the person",
  group: "remove it, or add its team",
  role: "remove it, or add its tier",
};

function stranger(account: AccountRef, holder: PolicyHolder): Extra {
  const { kind, name, path } = holder;
  // A user of the roster may be at a path where none of the roster's is: its name alone would hide that.
  const which = kind === "role" || path !== "/" ? arnOf(account, holder) : name;
  return {
    claim: `unknown-${kind}`,
    message: `the ${kind} ${quote(which)} is not in the roster`,
    cure: CURES[kind],
  };
}

function boundary(object: ClaimedObject, holder: PolicyHolder): readonly Extra[] {
  if (object.boundary === holder.boundary) return [];
  const what = `the ${holder.kind} ${quote(holder.name)}`;
  const [is, shouldBe] = [holder.boundary, object.boundary].map((arn) => (arn === undefined ? "none" : quote(arn)));
  return [
    {
      claim: "other-boundary",
      message: `the permissions boundary of ${what} is ${is}; it should be ${shouldBe}`,
      cure: "synthesize and apply again",
    },
  ];
}

function tags(object: ClaimedObject, holder: PolicyHolder): readonly Extra[] {
  const keys = otherTags(object.tags, holder.tags);
  if (keys.length === 0) return [];
  const what = `the ${holder.kind} ${quote(holder.name)}`;
  return [
    {
      claim: "other-tags",
      message: `${what} has other tags than in the roster: ${keys.map(quote).join(", ")}; policies elsewhere may ask for them`,
      cure: "synthesize and apply again",
    },
  ];
}

/** A numbered policy of its own. */
function isPart({ parts }: ClaimedObject, arn: string): boolean {
  return parts !== undefined && arn.startsWith(parts) && /^[1-9]\d{0,3}$/.test(arn.slice(parts.length));
}

/** A policy that a claim names is judged as a boundary or through its holders; one that nobody holds gives its rights to anyone who attaches it. */
function extraPolicies(
  claimed: ReadonlyMap<string, ClaimedObject>,
  account: AccountRef,
  { users, groups, roles, policies }: AccountDocuments,
): readonly Extra[] {
  const holders: readonly PolicyHolder[] = [...users, ...groups, ...roles];
  return [...policies.keys()].flatMap((arn): readonly Extra[] => {
    const by = holders.filter(({ attached, boundary: limit }) => attached.includes(arn) || limit === arn);
    const isAsked = by.some((holder) => {
      const object = claimed.get(arnOf(account, holder));
      return object !== undefined && (object.attached.includes(arn) || isPart(object, arn) || object.boundary === arn);
    });
    if (isAsked) return [];
    const held = by.length === 0 ? "nobody holds it" : `it is on the ${by[0]?.kind} ${quote(by[0]?.name ?? "")}`;
    const message = claimed.has(arn)
      ? `the policy ${quote(arn)} bounds nobody`
      : `the policy ${quote(arn)} is not in the roster; ${held}`;
    return [{ claim: "unknown-policy", message, cure: "remove it; anyone who may attach it gets what it allows" }];
  });
}
