import { renderDocument } from "../../modules/iam/policy-document";
import { evaluate, type Principal } from "../../modules/evaluator/evaluate";
import { compilePolicy } from "../../modules/evaluator/policy";
import { guardScp } from "../../modules/tiers/guard-scp";

const DEPLOY = "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole";
const document = guardScp({
  path: "/rolecall/",
  deployRoleArns: [DEPLOY, DEPLOY.replace("222222222222", "333333333333")],
});
const everything = compilePolicy("everything", {
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
  Version: "2012-10-17",
});

function session(path: string, name: string): Principal {
  const account = "222222222222";
  const arn = `arn:aws:sts::${account}:assumed-role/${name}/x`;
  return { kind: "role-session", arn, account, roleArn: `arn:aws:iam::${account}:role${path}${name}` };
}

const administrator = session("/rolecall/", "administrator");
const deploy = session("/", "OrganizationAccountAccessRole");

test.each<[string, Principal, string, string, string]>([
  ["an administrator", administrator, "iam:UpdateAssumeRolePolicy", "role/rolecall/administrator", "explicitly denied"],
  [
    "an administrator",
    administrator,
    "iam:CreatePolicyVersion",
    "policy/rolecall/operator-boundary",
    "explicitly denied",
  ],
  ["an administrator", administrator, "iam:CreateRole", "role/rolecall/mine", "explicitly denied"],
  [
    "an administrator",
    administrator,
    "iam:AttachRolePolicy",
    "role/OrganizationAccountAccessRole",
    "explicitly denied",
  ],
  ["an administrator", administrator, "iam:CreateRole", "role/application/mine", "allowed"],
  ["the deploy role", deploy, "iam:UpdateAssumeRolePolicy", "role/rolecall/administrator", "allowed"],
  ["the deploy role", deploy, "iam:CreatePolicyVersion", "policy/rolecall/operator-boundary", "allowed"],
  ["the deploy role", deploy, "iam:PutRolePolicy", "role/OrganizationAccountAccessRole", "explicitly denied"],
  [
    "a namesake elsewhere",
    session("/other/", "OrganizationAccountAccessRole"),
    "iam:DeleteRole",
    "role/rolecall/operator",
    "explicitly denied",
  ],
])("%s: %s %s on %s", (_who, principal, action, resource, verdict) => {
  const request = { principal, action, resource: `arn:aws:iam::222222222222:${resource}` };
  const scps = [[everything, compilePolicy("guard", document)]];
  expect(evaluate(request, { identity: [everything], scps }).verdict).toBe(verdict);
});

test("it fits a service control policy, white space and all", () => {
  expect(JSON.stringify(document, undefined, 2).length).toBeLessThan(5_120);
  expect(renderDocument(document)).not.toContain("222222222222");
});
