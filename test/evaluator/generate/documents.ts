import fc from "fast-check";
import type { Principal } from "../../../modules/evaluator/evaluate";
import { condition } from "./conditions";
import { AWAY, actionPatterns, HOME, isIdentity, type Patterns, type Place, resourcePatterns } from "./places";

export type Json = Readonly<Record<string, unknown>>;

/** What a document is for: it decides which elements it may have. */
type Kind = "identity" | "resource" | "scp" | "rcp";

export const FULL = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

/** Mostly what matches; one text or a list of them, as IAM takes both. */
function listOf({ hits, misses }: Patterns): fc.Arbitrary<string | string[]> {
  const item = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...hits) },
    { weight: 1, arbitrary: fc.constantFrom(...misses) },
  );
  return fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));
}

/** Ways to name a caller, from its account to itself. */
function namesOf(principal: Principal): readonly unknown[] {
  if (principal.kind === "service")
    return [{ Service: principal.arn }, { Service: ["s3.amazonaws.com", principal.arn] }];
  if (!isIdentity(principal)) return ["*"];
  const account = principal.arn.split(":")[4] ?? "";
  const own = { AWS: principal.arn };
  const role = principal.roleArn
    ? [{ AWS: principal.roleArn }, { AWS: ["AIDACKCEVSQ6C2EXAMPLE", principal.roleArn] }]
    : [];
  return ["*", { AWS: "*" }, { AWS: account }, { AWS: [`arn:aws:iam::${account}:root`] }, own, own, ...role, ...role];
}

const OTHERS: readonly unknown[] = [
  { AWS: AWAY },
  { AWS: [`arn:aws:iam::${AWAY}:root`, `arn:aws:iam::${HOME}:user/ann`] },
  { AWS: `arn:aws:iam::${HOME}:user/people/ann` },
  { AWS: `arn:aws:iam::${AWAY}:user/ann` },
  { AWS: `arn:aws:iam::${HOME}:role/operator` },
  { AWS: `arn:aws:sts::${HOME}:assumed-role/operator/bob` },
  { AWS: "AROACKCEVSQ6C2EXAMPLE" },
  { Service: "ec2.amazonaws.com" },
];

/** Lists with which `NotPrincipal` excepts somebody for sure: the whole chain from the account to the caller, or others. */
function exceptionsFor(principal: Principal): readonly unknown[] {
  const account = principal.arn.split(":")[4] ?? "";
  const role = principal.roleArn ? [principal.roleArn] : [];
  const own = isIdentity(principal)
    ? { AWS: [principal.arn, ...role, `arn:aws:iam::${account}:root`] }
    : namesOf(principal)[0];
  const ann = { AWS: [`arn:aws:iam::${HOME}:user/people/ann`, `arn:aws:iam::${HOME}:root`] };
  return [own, own, ann, { AWS: [`arn:aws:iam::${AWAY}:user/ann`, AWAY] }, { AWS: [HOME] }];
}

const rarely = (odds: number) => fc.integer({ min: 1, max: odds }).map((drawn) => drawn === 1);

function effectOf(kind: Kind): fc.Arbitrary<string> {
  return kind === "rcp" ? fc.constant("Deny") : fc.constantFrom("Allow", "Allow", "Allow", "Allow", "Deny");
}

function statement(principal: Principal, where: Place, kind: Kind): fc.Arbitrary<Json> {
  const isTrust = kind === "resource" && where.action.startsWith("sts:");
  const trusts = fc.constantFrom<unknown>(
    "sts:AssumeRole",
    "sts:*",
    ["sts:AssumeRole", "sts:TagSession"],
    "sts:TagSession",
  );
  const actions = isTrust
    ? trusts
    : kind === "rcp"
      ? fc.constantFrom("s3:*", "sts:*", "kms:*", "sqs:*")
      : listOf(actionPatterns(where));
  const names = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...namesOf(principal)) }, fc.constantFrom(...OTHERS));
  return fc
    .record({
      Effect: effectOf(kind),
      actions,
      negatesAction: rarely(8),
      resources: listOf(resourcePatterns(where, false)),
      others: listOf(resourcePatterns(where, true)),
      negatesResource: rarely(8),
      Principal: kind === "resource" ? names : fc.constant("*"),
      exceptions: fc.constantFrom(...exceptionsFor(principal)),
      negatesPrincipal: rarely(2),
      Condition: fc.option(condition, { freq: 2, nil: undefined }),
    })
    .map((each) => ({
      Effect: each.Effect,
      [each.negatesAction && kind !== "rcp" && !isTrust ? "NotAction" : "Action"]: each.actions,
      ...(isTrust ? {} : each.negatesResource ? { NotResource: each.others } : { Resource: each.resources }),
      ...(kind !== "resource" && kind !== "rcp"
        ? {}
        : each.negatesPrincipal && each.Effect === "Deny" && kind === "resource" && !isTrust
          ? { NotPrincipal: each.exceptions }
          : { Principal: each.Principal }),
      ...(each.Condition ? { Condition: each.Condition } : {}),
    }));
}

/** A document of up to `max` statements; the old version is only written where IAM takes it. */
export function documentOf(principal: Principal, where: Place, kind: Kind, max = 3): fc.Arbitrary<Json> {
  const isOld = kind === "identity" || kind === "resource" ? rarely(8) : fc.constant(false);
  return fc
    .tuple(isOld, fc.array(statement(principal, where, kind), { minLength: 1, maxLength: max }))
    .map(([old, Statement]) => ({ Version: old ? "2008-10-17" : "2012-10-17", Statement }));
}
