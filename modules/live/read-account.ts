import {
  GetGroupCommand,
  GetGroupPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListAccountAliasesCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsCommand,
  ListGroupsForUserCommand,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  type Tag,
} from "@aws-sdk/client-iam";
import { PROTECTED_PATH } from "../access/names";
import { supportedPartition } from "../iam/partition";
import { mapPool } from "../pool";
import { compareText } from "../text";
import { askAll } from "./ask-all";
import { type AccountAccess, connectAccount } from "./connect";
import { decodeDocument } from "./decode-document";
import { readPasswordPolicy } from "./password-policy";
import { readInventory } from "./read-inventory";
import type { AccountInventory } from "../iam/account-documents";
import type { LiveAccount, LiveGroup, LivePolicies, LivePolicy, LiveRole, LiveUser } from "./live-account";
import { ask, stopAsking } from "./send";

/** Reads an account back through its deploy role: all users and groups, and the roles and policies under Rolecall's path. */
export async function readAccount(access: AccountAccess): Promise<LiveAccount> {
  return readLiveAccount(await connectAccount(access), { id: access.accountId, region: access.region });
}

/** The same, and whatever else is there. */
export async function readWholeAccount(
  access: AccountAccess,
): Promise<{ readonly live: LiveAccount; readonly inventory: AccountInventory }> {
  const iam = await connectAccount(access);
  const [live, inventory] = await Promise.all([
    readLiveAccount(iam, { id: access.accountId, region: access.region }),
    readInventory(iam),
  ]).catch((error: unknown) => {
    stopAsking(iam);
    throw error;
  });
  return { live, inventory };
}

/** What an account holds of Rolecall's. Where a part cannot be read, the client is asked nothing more. */
export async function readLiveAccount(
  iam: IAMClient,
  { id, region }: { readonly id: string; readonly region: string },
): Promise<LiveAccount> {
  const [users, groups, roles, policies, alias, passwordPolicy] = await Promise.all([
    readUsers(iam),
    readGroups(iam),
    readRoles(iam),
    readPolicies(iam),
    readAlias(iam),
    readPasswordPolicy(iam),
  ]).catch((error: unknown) => {
    stopAsking(iam);
    throw error;
  });
  return { id, partition: supportedPartition(region), alias, passwordPolicy, users, groups, roles, policies };
}

/** Few at a time: IAM throttles, and its limits cannot be raised. */
const AT_ONCE = 4;

const named = <T extends { readonly name: string }>(items: readonly T[]) =>
  [...items].sort((a, b) => compareText(a.name, b.name));

async function readUsers(client: IAMClient): Promise<readonly LiveUser[]> {
  const names = (await askAll(client, ListUsersCommand, {}, ({ Users }) => Users)).map(({ UserName = "" }) => UserName);
  const users = await mapPool(names, AT_ONCE, async (UserName): Promise<LiveUser> => {
    const { User } = await ask(client, new GetUserCommand({ UserName }));
    const groups = await askAll(client, ListGroupsForUserCommand, { UserName }, ({ Groups }) => Groups);
    const inline = await askAll(client, ListUserPoliciesCommand, { UserName }, ({ PolicyNames }) => PolicyNames);
    const attached = await askAll(
      client,
      ListAttachedUserPoliciesCommand,
      { UserName },
      ({ AttachedPolicies }) => AttachedPolicies,
    );
    const document = (PolicyName: string) => ask(client, new GetUserPolicyCommand({ UserName, PolicyName }));
    return {
      name: UserName,
      path: User?.Path ?? "",
      tags: tagsOf(User?.Tags),
      groups: groups.map(({ GroupName = "" }) => GroupName).sort(compareText),
      boundary: User?.PermissionsBoundary?.PermissionsBoundaryArn,
      ...(await policiesOf(inline, attached, document)),
    };
  });
  return named(users);
}

async function readGroups(client: IAMClient): Promise<readonly LiveGroup[]> {
  const names = (await askAll(client, ListGroupsCommand, {}, ({ Groups }) => Groups)).map(
    ({ GroupName = "" }) => GroupName,
  );
  const groups = await mapPool(names, AT_ONCE, async (GroupName): Promise<LiveGroup> => {
    const { Group } = await ask(client, new GetGroupCommand({ GroupName }));
    const members = await askAll(client, GetGroupCommand, { GroupName }, ({ Users }) => Users);
    const inline = await askAll(client, ListGroupPoliciesCommand, { GroupName }, ({ PolicyNames }) => PolicyNames);
    const attached = await askAll(
      client,
      ListAttachedGroupPoliciesCommand,
      { GroupName },
      ({ AttachedPolicies }) => AttachedPolicies,
    );
    const document = (PolicyName: string) => ask(client, new GetGroupPolicyCommand({ GroupName, PolicyName }));
    return {
      name: GroupName,
      path: Group?.Path ?? "",
      members: members.map(({ UserName = "" }) => UserName).sort(compareText),
      ...(await policiesOf(inline, attached, document)),
    };
  });
  return named(groups);
}

async function readRoles(client: IAMClient): Promise<readonly LiveRole[]> {
  const found = await askAll(client, ListRolesCommand, { PathPrefix: PROTECTED_PATH }, ({ Roles }) => Roles);
  const roles = await mapPool(found, AT_ONCE, async ({ RoleName = "" }): Promise<LiveRole> => {
    const { Role } = await ask(client, new GetRoleCommand({ RoleName }));
    const inline = await askAll(client, ListRolePoliciesCommand, { RoleName }, ({ PolicyNames }) => PolicyNames);
    const attached = await askAll(
      client,
      ListAttachedRolePoliciesCommand,
      { RoleName },
      ({ AttachedPolicies }) => AttachedPolicies,
    );
    const document = (PolicyName: string) => ask(client, new GetRolePolicyCommand({ RoleName, PolicyName }));
    return {
      name: RoleName,
      path: Role?.Path ?? "",
      description: Role?.Description ?? "",
      maxSessionSeconds: Role?.MaxSessionDuration ?? 0,
      trust: decodeDocument(Role?.AssumeRolePolicyDocument),
      boundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
      tags: tagsOf(Role?.Tags),
      ...(await policiesOf(inline, attached, document)),
    };
  });
  return named(roles);
}

async function readPolicies(client: IAMClient): Promise<readonly LivePolicy[]> {
  const found = await askAll(
    client,
    ListPoliciesCommand,
    { Scope: "Local", PathPrefix: PROTECTED_PATH },
    ({ Policies }) => Policies,
  );
  const policies = await mapPool(
    found,
    AT_ONCE,
    async ({ Arn, DefaultVersionId, PolicyName = "", Path = "" }): Promise<LivePolicy> => {
      const { PolicyVersion } = await ask(
        client,
        new GetPolicyVersionCommand({ PolicyArn: Arn, VersionId: DefaultVersionId }),
      );
      return { name: PolicyName, path: Path, document: decodeDocument(PolicyVersion?.Document) };
    },
  );
  return named(policies);
}

async function readAlias(client: IAMClient): Promise<string | undefined> {
  return (await askAll(client, ListAccountAliasesCommand, {}, ({ AccountAliases }) => AccountAliases))[0];
}

async function policiesOf(
  names: readonly string[],
  attached: readonly { readonly PolicyArn?: string }[],
  document: (name: string) => Promise<{ readonly PolicyDocument?: string }>,
): Promise<LivePolicies> {
  const inline: Record<string, unknown> = {};
  for (const name of [...names].sort(compareText)) inline[name] = decodeDocument((await document(name)).PolicyDocument);
  return { inline, attached: attached.map(({ PolicyArn = "" }) => PolicyArn).sort(compareText) };
}

function tagsOf(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}
