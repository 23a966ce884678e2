import fc from "fast-check";
import type { Principal, Request } from "../../../modules/evaluator/evaluate";
import { unknownKeys } from "../../../modules/evaluator/unknown-keys";
import { AWAY, HOME, isIdentity, type Place } from "./places";

type Context = NonNullable<Request["context"]>;

/** Where a request lacks one of these it says so: what it does not tell is not known, and the oracle takes it for absent. */
const UNTOLD = new Set(
  unknownKeys()
    .map(([key]) => key)
    .filter((key) => key !== "aws:currenttime"),
);

/** Values of the request and of policies come from one pool for each key, so that they meet. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "aws:PrincipalTag/team": ["ann", "Ann", "a*", "bob"],
  "aws:PrincipalTag/note": ["", "ann"],
  "aws:SourceIp": ["203.0.113.7", "198.51.100.1", "2001:db8::1"],
  "aws:MultiFactorAuthPresent": ["true", "false"],
  "aws:MultiFactorAuthAge": ["0", "3599", "3600", "3600.5"],
  "aws:CurrentTime": ["2026-05-01T12:00:00Z", "2026-05-01T11:59:59Z", "2027-01-15T00:00:00Z"],
  "aws:SourceArn": [`arn:aws:sns:eu-central-1:${HOME}:topic`, `arn:aws:sns:eu-central-1:${AWAY}:a:${HOME}:topic`],
  "aws:SourceAccount": [HOME, AWAY],
};
const LISTS: Readonly<Record<string, readonly string[]>> = {
  "aws:TagKeys": ["team", "Team", "cost", "co*"],
  "aws:PrincipalOrgPaths": ["o-1/r-1/ou-1/", "o-1/r-1/ou-2/"],
};

const TEXT = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
];
const ORDER = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];
const ARN = ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"];

const few = (values: readonly string[]) => fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });

type Written = readonly [operator: string, key: string, values: unknown];

function single(
  operators: readonly string[],
  keys: readonly string[],
  values: readonly string[],
): fc.Arbitrary<Written> {
  return fc.tuple(
    fc.tuple(fc.constantFrom(...operators), fc.constantFrom("", "", "IfExists")).map((parts) => parts.join("")),
    fc.constantFrom(...keys),
    fc.oneof(fc.constantFrom(...values), few(values)),
  );
}

const tags = ["aws:PrincipalTag/team", "aws:PrincipalTag/note", "aws:username", "AWS:PRINCIPALTAG/Team"];
const variables = ["${aws:username}", "${aws:PrincipalTag/team}", "${aws:PrincipalTag/other, 'ann'}", "${*}nn"];
const accounts = ["aws:SourceAccount", "aws:PrincipalAccount", "aws:ResourceAccount"];

const one: fc.Arbitrary<Written> = fc.oneof(
  single(TEXT, tags, ["ann", "ANN", "a*", "a?n", "bob", "", ...variables]),
  single(TEXT, accounts, [HOME, AWAY, "1*"]),
  single(["Bool"], ["aws:MultiFactorAuthPresent"], ["true", "false"]),
  single(
    ORDER.map((each) => `Numeric${each}`),
    ["aws:MultiFactorAuthAge"],
    ["0", "3600", "3600.0", "3601"],
  ),
  single(
    ORDER.map((each) => `Date${each}`),
    ["aws:CurrentTime"],
    ["2026-05-01T12:00:00Z", "2027-01-15", "2026-05-01T14:00:00+02:00"],
  ),
  single(
    ["IpAddress", "NotIpAddress"],
    ["aws:SourceIp"],
    ["203.0.113.0/24", "203.0.113.7", "0.0.0.0/0", "2001:DB8::/32"],
  ),
  single(
    ARN,
    ["aws:SourceArn"],
    [`arn:aws:sns:*:${HOME}:topic`, "arn:aws:sns:*:*:*", "arn:aws:sns:eu-?entral-1:*:a:*"],
  ),
  single(
    ARN,
    ["aws:PrincipalArn"],
    [`arn:aws:iam::${HOME}:user/*`, `arn:aws:iam::*:role/operator`, `arn:aws:iam::${HOME}:user/\${aws:username}`],
  ),
  fc.tuple(
    fc.constant("Null"),
    fc.constantFrom(...Object.keys(KEYS), ...Object.keys(LISTS), "aws:username"),
    fc.constantFrom("true", "false"),
  ),
  fc.tuple(
    fc.tuple(fc.constantFrom("ForAllValues:", "ForAnyValue:"), fc.constantFrom(...TEXT)).map((parts) => parts.join("")),
    fc.constantFrom(...Object.keys(LISTS)),
    few([...Object.values(LISTS).flat(), "c*", "o-1/*"]),
  ),
);

/** A condition block of one or two tests. */
export const condition = fc.array(one, { minLength: 1, maxLength: 2 }).map((all) => {
  const block: Record<string, Record<string, unknown>> = {};
  for (const [operator, key, values] of all) block[operator] = { ...block[operator], [key]: values };
  return block;
});

/** What the request says; keys that follow from the caller are told, since the oracle derives none. */
export function contextOf(principal: Principal, where: Place): fc.Arbitrary<Context> {
  const option = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });
  const each = [
    ...Object.entries(KEYS).map(([key, values]) => [key, option(fc.constantFrom(...values))] as const),
    ...Object.entries(LISTS).map(([key, values]) => [key, option(few(values))] as const),
  ];
  return fc.record<Record<string, string | string[] | undefined>>(Object.fromEntries(each)).map((given) => ({
    "aws:CurrentTime": "2026-05-01T12:00:00Z",
    ...Object.fromEntries(
      Object.entries(given).flatMap(([key, value]) =>
        value !== undefined ? [[key, value]] : UNTOLD.has(key.toLowerCase()) ? [[key, []]] : [],
      ),
    ),
    "aws:ResourceAccount": where.account,
    ...derivedKeys(principal),
  }));
}

function derivedKeys(principal: Principal): Context {
  if (!isIdentity(principal)) return { "aws:PrincipalAccount": principal.kind };
  const { kind, arn, roleArn } = principal;
  return {
    "aws:PrincipalArn": roleArn ?? arn,
    "aws:PrincipalAccount": arn.split(":")[4] ?? "",
    ...(kind === "user" ? { "aws:username": arn.slice(arn.lastIndexOf("/") + 1) } : {}),
  };
}
