import { renderDocument } from "../../modules/iam/policy-document";
import { evaluate, type Principal } from "../../modules/evaluator/evaluate";
import { compilePolicy } from "../../modules/evaluator/policy";
import { accountGuardScp, guardScp } from "../../modules/tiers/guard-scp";

const DEPLOY = "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole";
const document = guardScp({
  path: "/rolecall/",
  partition: "aws",
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
  // A deploy role of that name may be missing in an account: whoever made it would pass for one.
  ["an administrator", administrator, "iam:CreateRole", "role/OrganizationAccountAccessRole", "explicitly denied"],
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

test("it fits a service control policy", () => {
  expect(renderDocument(document).length).toBeLessThan(2_000);
  expect(renderDocument(document)).not.toContain("222222222222");
});

describe("two policies on one node", () => {
  const ids = ["222222222222", "333333333333"];
  const accounts = ids.map((id) => ({
    ...{ partition: "aws" as const, id },
    deployRoleArn: `arn:aws:iam::${id}:role/deploy-${id}`,
  }));
  const act = (documents: readonly unknown[], id: string, path: string, name: string) => {
    const principal: Principal = {
      ...{ kind: "role-session", account: id, arn: `arn:aws:sts::${id}:assumed-role/${name}/x` },
      roleArn: `arn:aws:iam::${id}:role${path}${name}`,
    };
    const request = { principal, action: "iam:PutRolePolicy", resource: `arn:aws:iam::${id}:role/rolecall/operator` };
    const scps = [[everything, ...documents.map((each, index) => compilePolicy(`guard ${index}`, each))]];
    return evaluate(request, { identity: [everything], scps }).verdict;
  };

  test("those of single accounts bind administrators and keep no deploy role out", () => {
    const union = accounts.map((account) => accountGuardScp(account, "/rolecall/"));
    for (const id of ids) {
      expect(act(union, id, "/", `deploy-${id}`)).toBe("allowed");
      expect(act(union, id, "/rolecall/", "administrator")).toBe("explicitly denied");
    }
  });

  test("those with * in place of the account would keep every deploy role out, so none is printed for a part of the accounts", () => {
    const union = accounts.map(({ partition, deployRoleArn }) =>
      guardScp({ path: "/rolecall/", partition, deployRoleArns: [deployRoleArn] }),
    );
    for (const id of ids) expect(act(union, id, "/", `deploy-${id}`)).toBe("explicitly denied");
  });

  test("one of a single account guards no other account, and says which it is for", () => {
    const [one] = accounts.map((account) => accountGuardScp(account, "/rolecall/"));
    expect(act([one], "333333333333", "/rolecall/", "administrator")).toBe("allowed");
    expect(one?.Statement.map(({ Sid }) => Sid?.endsWith("OnlyFor222222222222"))).toEqual([true, true, true]);
  });
});
