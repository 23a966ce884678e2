import {
  GetAccountPasswordPolicyCommand,
  GetGroupCommand,
  GetGroupPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListAccountAliasesCommand,
  NoSuchEntityException,
  paginateGetGroup,
  paginateListAttachedGroupPolicies,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
  paginateListGroupPolicies,
  paginateListGroups,
  paginateListGroupsForUser,
  paginateListPolicies,
  paginateListRolePolicies,
  paginateListRoles,
  paginateListUserPolicies,
  paginateListUsers,
  type Tag,
} from "@aws-sdk/client-iam";
import { PROTECTED_PATH } from "../access/names";
import type { PasswordRules } from "../iam/account-guards";
import { compareText } from "../text";
import { type AccountAccess, connectAccount } from "./connect";
import { decodeDocument } from "./decode-document";
import type { LiveAccount, LiveGroup, LivePolicies, LivePolicy, LiveRole, LiveUser } from "./live-account";

/** Reads an account back through its deploy role: all users and groups, and the roles and policies under Rolecall's path. */
export async function readAccount(access: AccountAccess): Promise<LiveAccount> {
  const iam = await connectAccount(access);
  const [users, groups, roles, policies, alias, passwordPolicy] = await Promise.all([
    readUsers(iam),
    readGroups(iam),
    readRoles(iam),
    readPolicies(iam),
    readAlias(iam),
    readPasswordPolicy(iam),
  ]);
  const optional = {
    ...(alias === undefined ? {} : { alias }),
    ...(passwordPolicy === undefined ? {} : { passwordPolicy }),
  };
  return { id: access.accountId, users, groups, roles, policies, ...optional };
}

/** Few at a time: IAM throttles, and its limits cannot be raised. */
const AT_ONCE = 4;

async function mapFew<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += AT_ONCE)
    results.push(...(await Promise.all(items.slice(i, i + AT_ONCE).map(each))));
  return results;
}

async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) all.push(...(items(page) ?? []));
  return all;
}

const named = <T extends { readonly name: string }>(items: readonly T[]) =>
  [...items].sort((a, b) => compareText(a.name, b.name));

async function readUsers(client: IAMClient): Promise<readonly LiveUser[]> {
  const names = (await collect(paginateListUsers({ client }, {}), ({ Users }) => Users)).map(
    ({ UserName = "" }) => UserName,
  );
  const users = await mapFew(names, async (UserName): Promise<LiveUser> => {
    const { User } = await client.send(new GetUserCommand({ UserName }));
    const groups = await collect(paginateListGroupsForUser({ client }, { UserName }), ({ Groups }) => Groups);
    const inline = await collect(paginateListUserPolicies({ client }, { UserName }), ({ PolicyNames }) => PolicyNames);
    const attached = await collect(
      paginateListAttachedUserPolicies({ client }, { UserName }),
      ({ AttachedPolicies }) => AttachedPolicies,
    );
    const document = (PolicyName: string) => client.send(new GetUserPolicyCommand({ UserName, PolicyName }));
    return {
      name: UserName,
      path: User?.Path ?? "",
      tags: tagsOf(User?.Tags),
      groups: groups.map(({ GroupName = "" }) => GroupName).sort(compareText),
      ...(await policiesOf(inline, attached, document)),
    };
  });
  return named(users);
}

async function readGroups(client: IAMClient): Promise<readonly LiveGroup[]> {
  const names = (await collect(paginateListGroups({ client }, {}), ({ Groups }) => Groups)).map(
    ({ GroupName = "" }) => GroupName,
  );
  const groups = await mapFew(names, async (GroupName): Promise<LiveGroup> => {
    const { Group } = await client.send(new GetGroupCommand({ GroupName }));
    const members = await collect(paginateGetGroup({ client }, { GroupName }), ({ Users }) => Users);
    const inline = await collect(
      paginateListGroupPolicies({ client }, { GroupName }),
      ({ PolicyNames }) => PolicyNames,
    );
    const attached = await collect(
      paginateListAttachedGroupPolicies({ client }, { GroupName }),
      ({ AttachedPolicies }) => AttachedPolicies,
    );
    const document = (PolicyName: string) => client.send(new GetGroupPolicyCommand({ GroupName, PolicyName }));
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
  const found = await collect(paginateListRoles({ client }, { PathPrefix: PROTECTED_PATH }), ({ Roles }) => Roles);
  const roles = await mapFew(found, async ({ RoleName = "" }): Promise<LiveRole> => {
    const { Role } = await client.send(new GetRoleCommand({ RoleName }));
    const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
    const inline = await collect(paginateListRolePolicies({ client }, { RoleName }), ({ PolicyNames }) => PolicyNames);
    const attached = await collect(
      paginateListAttachedRolePolicies({ client }, { RoleName }),
      ({ AttachedPolicies }) => AttachedPolicies,
    );
    const document = (PolicyName: string) => client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return {
      name: RoleName,
      path: Role?.Path ?? "",
      description: Role?.Description ?? "",
      maxSessionSeconds: Role?.MaxSessionDuration ?? 0,
      trust: decodeDocument(Role?.AssumeRolePolicyDocument),
      ...(boundary === undefined ? {} : { boundary }),
      tags: tagsOf(Role?.Tags),
      ...(await policiesOf(inline, attached, document)),
    };
  });
  return named(roles);
}

async function readPolicies(client: IAMClient): Promise<readonly LivePolicy[]> {
  const found = await collect(
    paginateListPolicies({ client }, { Scope: "Local", PathPrefix: PROTECTED_PATH }),
    ({ Policies }) => Policies,
  );
  const policies = await mapFew(
    found,
    async ({ Arn, DefaultVersionId, PolicyName = "", Path = "" }): Promise<LivePolicy> => {
      const { PolicyVersion } = await client.send(
        new GetPolicyVersionCommand({ PolicyArn: Arn, VersionId: DefaultVersionId }),
      );
      return { name: PolicyName, path: Path, document: decodeDocument(PolicyVersion?.Document) };
    },
  );
  return named(policies);
}

async function readAlias(client: IAMClient): Promise<string | undefined> {
  return (await client.send(new ListAccountAliasesCommand({}))).AccountAliases?.[0];
}

async function readPasswordPolicy(client: IAMClient): Promise<PasswordRules | undefined> {
  try {
    const { PasswordPolicy: policy } = await client.send(new GetAccountPasswordPolicyCommand({}));
    return {
      minimumLength: policy?.MinimumPasswordLength,
      // AWS leaves out what is not set.
      reusePrevention: policy?.PasswordReusePrevention ?? 0,
      maxAgeDays: policy?.MaxPasswordAge ?? 0,
      hardExpiry: policy?.HardExpiry ?? false,
      requireLowercase: policy?.RequireLowercaseCharacters,
      requireUppercase: policy?.RequireUppercaseCharacters,
      requireNumbers: policy?.RequireNumbers,
      requireSymbols: policy?.RequireSymbols,
      allowChange: policy?.AllowUsersToChangePassword,
    };
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
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
