import { accountOf, accountPrincipal, type AccountRef, iamArn, roleArn, sessionArn, userArn } from "../../iam/arn";
import { type PartitionId, partition } from "../../iam/partition";
import type { AccessClaims, ClaimedRole } from "../claims";
import { evaluate, type Principal, verdictOf } from "../../evaluator/evaluate";
import { compilePolicy } from "../../evaluator/policy";
import { type Breach, type CheckResult, permits } from "./breach";
import type { CompiledAccount } from "./compiled-account";
import { contextAt, isoOf, SESSION_NAME, signInWithMfa } from "./moments";
import { fittingNames } from "./session-names";

/** The most a stranger's own account could allow it: only the role's trust can keep it out. */
const EVERYTHING = compilePolicy("a stranger's administrator", {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});

const FOREIGN = "999999999999";
const SERVICES = [
  "account-access",
  "apprunner",
  "batch",
  "bedrock",
  "cloudformation",
  "codebuild",
  "ec2",
  "ecs-tasks",
  "edgelambda",
  "glue",
  "lambda",
  "sagemaker",
  "scheduler",
  "ssm",
  "sso",
  "states",
];
const ACTIONS = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];

/** Nobody but people of the roster takes a role: whatever else exists anywhere, with every right its own account can give, and fresh MFA. */
export function checkStrangers(
  claims: AccessClaims,
  accounts: ReadonlyMap<string, CompiledAccount>,
  now: number,
): CheckResult {
  const breaches: Breach[] = [];
  let questions = 0;
  // Called by their own name, so that the session's name alone keeps nobody out.
  const signedIn = contextAt(isoOf(now), signInWithMfa(0));
  for (const role of claims.roles) {
    const live = accounts.get(role.accountId)?.role(role.tier);
    if (!live) continue;
    breaches.push(...checkTrust(claims, role, live.documents.trust));
    const policies = { identity: [EVERYTHING], resource: live.trust };
    const names = ["stranger", ...fittingNames(role.sessionNames)];
    const contexts = names.map((name) => ({ ...signedIn, [SESSION_NAME]: name }));
    for (const { who, principal } of strangers(claims, role))
      for (const action of ACTIONS) {
        questions += contexts.length;
        const requests = contexts.map((context) => ({ principal, action, resource: role.arn, context }));
        const found = requests.find((request) => permits(verdictOf(request, policies)));
        if (found) {
          const { verdict, deciding } = evaluate(found, policies);
          breaches.push(breachOf(role, who, action, verdict, deciding));
        }
      }
  }
  return { title: "nobody and nothing else takes a role", questions, breaches };
}

/** The trust names the user account and the one call, whatever its conditions keep out besides. */
function checkTrust({ userAccount }: AccessClaims, role: ClaimedRole, trust: unknown): readonly Breach[] {
  const account = JSON.stringify({ AWS: accountPrincipal(userAccount) });
  const breach = (message: string, cure: string): Breach => ({
    claim: "trust-names-people",
    message: `the trust of ${role.tier} in ${role.account} ${message}`,
    account: role.account,
    deciding: [],
    cure,
  });
  return statementsOf(trust)
    .filter(({ Effect: effect }) => effect === "Allow")
    .flatMap(({ Principal: principal, Action: action, Condition: condition }) => [
      ...(JSON.stringify(principal) === account && String(action) === "sts:AssumeRole"
        ? []
        : [breach("names more than sts:AssumeRole for the user account", "name only that account and that call")]),
      ...(/IfExists"/.test(JSON.stringify(condition) ?? "")
        ? [
            breach(
              "lets in anyone who lacks a key (IfExists)",
              "use the operator without IfExists, which fails without the key",
            ),
          ]
        : []),
    ]);
}

interface TrustStatement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Condition?: unknown;
}

function statementsOf(document: unknown): readonly TrustStatement[] {
  const statements =
    typeof document === "object" && document !== null && "Statement" in document ? document.Statement : [];
  return (Array.isArray(statements) ? statements : [statements]).filter(
    (each) => typeof each === "object" && each !== null,
  );
}

function breachOf(
  role: ClaimedRole,
  who: string,
  action: string,
  verdict: Breach["verdict"],
  deciding: Breach["deciding"],
): Breach {
  const perhaps = verdict === "unknown" ? "can perhaps" : "can";
  return {
    claim: "stranger-cannot-take-role",
    message: `${who} ${perhaps} take ${role.tier} in ${role.account} (${action})`,
    account: role.account,
    ...(verdict ? { verdict } : {}),
    deciding,
    cure: "the role's trust must name the user account's people with MFA, and nobody else",
  };
}

interface Stranger {
  readonly who: string;
  readonly principal: Principal;
}

function strangers({ userAccount, accounts, roles }: AccessClaims, target: ClaimedRole): readonly Stranger[] {
  const ids = [userAccount.id, target.accountId, accounts.find(({ id }) => id !== target.accountId)?.id, FOREIGN];
  const known = [...new Set(ids)].flatMap((id) => (id === undefined ? [] : [{ ...accountOf(target), id }]));
  return [
    ...known.map((each) => ({ who: `root of ${each.id}`, principal: root(each) })),
    ...known.map((each) => ({ who: `a role of ${each.id}`, principal: session(each, "/", "stranger") })),
    ...known
      .filter(({ id }) => id !== userAccount.id)
      .map((each) => ({ who: `a user of ${each.id}`, principal: user(each) })),
    ...roles
      .filter(({ accountId }) => accountId === target.accountId)
      .map((role) => ({
        who: `a session of ${role.tier} there`,
        principal: session(accountOf(role), "/rolecall/", role.tier),
      })),
    ...servicesOf(target.partition).map((arn) => ({ who: arn, principal: { kind: "service" as const, arn } })),
    ...federated(target.partition).map((arn) => ({ who: arn, principal: { kind: "federated" as const, arn } })),
    { who: "an anonymous caller", principal: { kind: "anonymous" as const, arn: "" } },
  ];
}

/** Under every name that a service has there. */
function servicesOf(id: PartitionId): readonly string[] {
  return SERVICES.flatMap((name) => partition(id).serviceSuffixes.map((suffix) => `${name}.${suffix}`));
}

function federated(id: PartitionId): readonly string[] {
  const foreign = { partition: id, id: FOREIGN };
  return [
    iamArn(foreign, "saml-provider/idp"),
    iamArn(foreign, "oidc-provider/token.actions.githubusercontent.com"),
    "accounts.google.com",
    ...partition(id).cognito,
  ];
}

function root(account: AccountRef): Principal {
  return { kind: "root", arn: accountPrincipal(account), account: account.id };
}

function user(account: AccountRef): Principal {
  return { kind: "user", arn: userArn(account, "/", "stranger"), account: account.id };
}

function session(account: AccountRef, path: string, name: string): Principal {
  return {
    kind: "role-session",
    arn: sessionArn(account, name, "session"),
    account: account.id,
    roleArn: roleArn(account, path, name),
  };
}
