import type { Principal } from "../../../modules/evaluator/evaluate";

export const HOME = "111111111111";
export const AWAY = "222222222222";

/** Principals whose names collide: a path, the same name in two accounts, a role's session named like a user. */
export const PRINCIPALS: readonly Principal[] = [
  { kind: "user", arn: `arn:aws:iam::${HOME}:user/people/ann` },
  { kind: "user", arn: `arn:aws:iam::${HOME}:user/ann` },
  { kind: "user", arn: `arn:aws:iam::${AWAY}:user/ann` },
  {
    kind: "role-session",
    arn: `arn:aws:sts::${HOME}:assumed-role/operator/ann`,
    roleArn: `arn:aws:iam::${HOME}:role/operator`,
  },
  { kind: "anonymous", arn: "" },
  { kind: "service", arn: "ec2.amazonaws.com" },
];

/** Services and unsigned callers have no policies of their own. */
export function isIdentity({ kind }: Principal): boolean {
  return kind === "user" || kind === "role-session";
}

/** An action on a resource. */
export interface Place {
  readonly action: string;
  readonly resource: string;
  readonly account: string;
  /** True when the resource has a policy of its own. */
  readonly hasPolicy: boolean;
}

const place = (action: string, resource: string, account = HOME, hasPolicy = true): Place => ({
  action,
  resource,
  account,
  hasPolicy,
});

export const PLACES: readonly Place[] = [
  place("s3:GetObject", "arn:aws:s3:::bucket/ann/key"),
  place("s3:GetObject", "arn:aws:s3:::bucket/ann/key", AWAY),
  place("s3:PutObject", "arn:aws:s3:::bucket/key"),
  place("s3:ListBucket", "arn:aws:s3:::bucket", AWAY),
  place("sqs:SendMessage", `arn:aws:sqs:eu-central-1:${HOME}:ann-queue`),
  place("sqs:SendMessage", `arn:aws:sqs:eu-central-1:${AWAY}:queue`, AWAY),
  place("kms:Decrypt", `arn:aws:kms:eu-central-1:${HOME}:key/1234`),
  place("kms:Decrypt", `arn:aws:kms:eu-central-1:${AWAY}:key/1234`, AWAY),
  place("sts:AssumeRole", `arn:aws:iam::${HOME}:role/tier/operator`),
  place("sts:AssumeRole", `arn:aws:iam::${AWAY}:role/tier/operator`, AWAY),
  place("sts:AssumeRole", `arn:aws:iam::${AWAY}:role/operator`, AWAY),
  place("iam:GetUser", `arn:aws:iam::${HOME}:user/people/ann`, HOME, false),
  place("iam:CreateAccessKey", `arn:aws:iam::${HOME}:user/ann`, HOME, false),
  place("iam:PassRole", `arn:aws:iam::${HOME}:role/app/x`, HOME, false),
  place("ec2:DescribeInstances", "*", HOME, false),
];

export const ACTIONS = [...new Set(PLACES.map(({ action }) => action))];

/** Patterns that match the place's action, and some that just do not. */
export function actionPatterns({ action }: Place): Patterns {
  const [service = "", name = ""] = action.split(":");
  return {
    hits: [
      action,
      action.toUpperCase(),
      "*",
      `${service}:*`,
      `${service}:${name.slice(0, 3)}*`,
      `${service}:?${name.slice(1)}`,
      `${service}:*${name.slice(-4).toLowerCase()}`,
    ],
    misses: [`${service}:${name}?`, `${service}:${name.slice(1)}`, ...ACTIONS.filter((each) => each !== action)],
  };
}

export interface Patterns {
  readonly hits: readonly string[];
  readonly misses: readonly string[];
}

/** Patterns for the place's resource. Variables without a value are left out of NotResource: no page tells what follows. */
export function resourcePatterns({ resource }: Place, negated: boolean): Patterns {
  if (resource === "*") return { hits: ["*"], misses: ["arn:aws:ec2:*:*:instance/*"] };
  const last = Math.max(resource.lastIndexOf("/"), resource.lastIndexOf(":"));
  const variables = negated ? [] : ["${aws:username}", "${aws:PrincipalTag/team}"];
  return {
    hits: [
      resource,
      "*",
      `${resource.slice(0, last + 1)}*`,
      `${resource.slice(0, last + 1)}?${resource.slice(last + 2)}`,
      `${resource}*`,
      resource.replace("ann", "*"),
      resource.replace("ann", "${aws:PrincipalTag/team, 'ann'}"),
      ...variables.map((variable) => resource.replace("ann", variable)),
    ],
    misses: [
      resource.slice(0, -1),
      `${resource}?`,
      resource.replace(":role/", ":role/*/"),
      resource.slice(0, last + 1) + resource.slice(last + 1).toUpperCase(),
      resource.replace(/ann|key$/, "${*}"),
    ],
  };
}
