import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateAccountAliasCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  type IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import type { AccessPlan, AccountPlan, UserAccountPlan, WorkloadAccountPlan } from "../../modules/access/plan";
import { renderDocument } from "../../modules/iam/policy-document";
import { connectAccount } from "../../modules/live/connect";

/** An IAM client of an account in the sandbox, as its deploy role. */
export function iamOf({ id, deployRoleArn, region }: AccountPlan, url: string): Promise<IAMClient> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return connectAccount({ accountId: id, deployRoleArn, region, endpoint: url, credentials });
}

/** Makes in the sandbox what Terraform would make of the plan, through the SDK: seconds instead of a minute. */
export async function applyByHand(plan: AccessPlan, url: string): Promise<void> {
  for (const account of plan.stacks.flatMap(({ accounts }) => accounts)) {
    const iam = await iamOf(account, url);
    await makePolicies(iam, account);
    await (account.kind === "user" ? makeUserAccount(iam, account) : makeRoles(iam, account));
  }
}

async function makePolicies(iam: IAMClient, { policies }: AccountPlan): Promise<void> {
  for (const { name, path, document, description } of policies)
    await iam.send(
      new CreatePolicyCommand({
        PolicyName: name,
        Path: path,
        Description: description,
        PolicyDocument: renderDocument(document),
      }),
    );
}

async function makeUserAccount(iam: IAMClient, account: UserAccountPlan): Promise<void> {
  const { minimumLength, reusePrevention } = account.passwordPolicy;
  await iam.send(
    new UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: minimumLength,
      PasswordReusePrevention: reusePrevention,
      RequireLowercaseCharacters: true,
      RequireUppercaseCharacters: true,
      RequireNumbers: true,
      RequireSymbols: true,
      AllowUsersToChangePassword: true,
    }),
  );
  if (account.alias !== undefined) await iam.send(new CreateAccountAliasCommand({ AccountAlias: account.alias }));
  for (const { name, tags, inlinePolicies } of account.users) {
    await iam.send(new CreateUserCommand({ UserName: name, Tags: tagsOf(tags) }));
    for (const policy of inlinePolicies)
      await iam.send(
        new PutUserPolicyCommand({
          UserName: name,
          PolicyName: policy.name,
          PolicyDocument: renderDocument(policy.document),
        }),
      );
  }
  for (const { name, path, members, inlinePolicies, policyArns } of account.groups) {
    const GroupName = name;
    await iam.send(new CreateGroupCommand({ GroupName, Path: path }));
    for (const policy of inlinePolicies)
      await iam.send(
        new PutGroupPolicyCommand({
          GroupName,
          PolicyName: policy.name,
          PolicyDocument: renderDocument(policy.document),
        }),
      );
    for (const PolicyArn of policyArns) await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
    for (const UserName of members) await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
  }
}

async function makeRoles(iam: IAMClient, { roles }: WorkloadAccountPlan): Promise<void> {
  for (const role of roles) {
    const RoleName = role.name;
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        Path: role.path,
        Description: role.description,
        MaxSessionDuration: role.maxSessionSeconds,
        AssumeRolePolicyDocument: renderDocument(role.trust),
        PermissionsBoundary: role.permissionsBoundaryArn,
        Tags: tagsOf(role.tags),
      }),
    );
    for (const policy of role.inlinePolicies)
      await iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: policy.name,
          PolicyDocument: renderDocument(policy.document),
        }),
      );
    for (const PolicyArn of role.policyArns) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  }
}

function tagsOf(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
