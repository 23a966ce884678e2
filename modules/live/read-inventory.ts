import {
  type AttachedPolicy,
  type EntityType,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetSAMLProviderCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
  ListServiceSpecificCredentialsCommand,
  type ManagedPolicyDetail,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandOutput,
  ListInstanceProfilesCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  type PolicyDetail,
  type RoleDetail,
  type UserDetail,
  type GroupDetail,
} from "@aws-sdk/client-iam";
import type {
  AccountInventory,
  AttachedTo,
  FederationProvider,
  InstanceProfile,
  LivePolicyVersions,
  RoleDocuments,
  UserCredential,
} from "../iam/account-documents";
import { compareText } from "../text";
import { decodeDocument } from "./decode-document";
import { withoutRevocations } from "./live-documents";
import { askAll } from "./ask-all";
import { mapPool } from "../pool";
import { AnswerError, ask } from "./send";

/** Few at a time: IAM throttles, and its limits cannot be raised. */
const AT_ONCE = 4;

/** Reads everything of an account that could let somebody in, no matter who made it. Throws when an answer lacks what it must have. */
export async function readInventory(iam: IAMClient): Promise<AccountInventory> {
  const details = await readDetails(iam);
  const holders = [...details.roles, ...details.usersAndGroups];
  const managed = [...new Set(holders.flatMap(({ attached, boundary }) => [...attached, boundary]))];
  const [oidc, saml, instanceProfiles, texts, credentials] = await Promise.all([
    readOidcProviders(iam),
    readSamlProviders(iam),
    readInstanceProfiles(iam),
    mapPool(managed.filter(isAwsPolicy), AT_ONCE, async (arn) => [arn, await readManaged(iam, arn)] as const),
    mapPool(
      details.usersAndGroups.filter(({ kind }) => kind === "user"),
      AT_ONCE,
      ({ name }) => readCredentials(iam, name),
    ),
  ]);
  return {
    roles: [...details.roles].sort((a, b) => compareText(a.path, b.path) || compareText(a.name, b.name)),
    usersAndGroups: [...details.usersAndGroups].sort(
      (a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name),
    ),
    policies: [...details.policies].sort((a, b) => compareText(a.arn, b.arn)),
    managed: new Map(texts),
    providers: [...oidc, ...saml].sort((a, b) => compareText(a.arn, b.arn)),
    instanceProfiles,
    credentials: credentials.flat(),
  };
}

function isAwsPolicy(arn: string | undefined): arn is string {
  return arn !== undefined && /^arn:[\w-]+:iam::aws:policy\//.test(arn);
}

interface Details {
  readonly roles: RoleDocuments[];
  readonly policies: LivePolicyVersions[];
  readonly usersAndGroups: AttachedTo[];
}

const FILTER: EntityType[] = ["Role", "LocalManagedPolicy", "User", "Group"];

/** One list holds all roles, policies with their versions, users and groups. */
async function readDetails(client: IAMClient): Promise<Details> {
  const found: Details = { roles: [], policies: [], usersAndGroups: [] };
  const parts = await askAll(client, GetAccountAuthorizationDetailsCommand, { Filter: FILTER }, partsOf);
  for (const { role, policy, user, group } of parts) {
    if (role) found.roles.push(roleOf(role));
    if (policy) found.policies.push(policyOf(policy));
    if (user) found.usersAndGroups.push(userOf(user));
    if (group) found.usersAndGroups.push(groupOf(group));
  }
  return found;
}

/** One of them, with the ARN that no two share. */
interface Part {
  readonly Arn: string;
  readonly role?: RoleDetail;
  readonly policy?: ManagedPolicyDetail;
  readonly user?: UserDetail;
  readonly group?: GroupDetail;
}

function partsOf(page: GetAccountAuthorizationDetailsCommandOutput): readonly Part[] {
  const { RoleDetailList, Policies, UserDetailList, GroupDetailList } = page;
  return [
    ...must(RoleDetailList, "roles").map((role) => ({ Arn: must(role.Arn, "a role's ARN"), role })),
    ...must(Policies, "policies").map((policy) => ({ Arn: must(policy.Arn, "a policy's ARN"), policy })),
    ...must(UserDetailList, "users").map((user) => ({ Arn: must(user.Arn, "a user's ARN"), user })),
    ...must(GroupDetailList, "groups").map((group) => ({ Arn: must(group.Arn, "a group's ARN"), group })),
  ];
}

function userOf({ UserName, Path, AttachedManagedPolicies, PermissionsBoundary }: UserDetail): AttachedTo {
  const boundary = PermissionsBoundary?.PermissionsBoundaryArn;
  return {
    kind: "user",
    name: must(UserName, "a user's name"),
    path: must(Path, "a user's path"),
    attached: must(AttachedManagedPolicies, "attached policies").map(arnOf),
    ...(boundary === undefined ? {} : { boundary }),
  };
}

function groupOf({ GroupName, Path, AttachedManagedPolicies }: GroupDetail): AttachedTo {
  return {
    kind: "group",
    name: must(GroupName, "a group's name"),
    path: must(Path, "a group's path"),
    attached: must(AttachedManagedPolicies, "attached policies").map(arnOf),
  };
}

function arnOf({ PolicyArn }: AttachedPolicy): string {
  return must(PolicyArn, "a policy's ARN");
}

/** What an answer must have: an empty answer, or a page of something else, has it not. */
function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new AnswerError("not-this", `AWS's answer lacks ${what}; run this again`);
  return value;
}

function roleOf(role: RoleDetail): RoleDocuments {
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
  const inline = must(role.RolePolicyList, "a role's policies").map(namedText);
  return {
    kind: "role",
    name: must(role.RoleName, "a role's name"),
    path: must(role.Path, "a role's path"),
    trust: decodeDocument(role.AssumeRolePolicyDocument),
    inline: new Map(Object.entries(withoutRevocations(Object.fromEntries(inline)))),
    attached: must(role.AttachedManagedPolicies, "a role's attached policies")
      .map(({ PolicyArn }) => must(PolicyArn, "a policy's ARN"))
      .sort(compareText),
    ...(boundary === undefined ? {} : { boundary }),
  };
}

function namedText({ PolicyName, PolicyDocument }: PolicyDetail): readonly [string, unknown] {
  return [must(PolicyName, "a policy's name"), decodeDocument(PolicyDocument)];
}

function policyOf(detail: ManagedPolicyDetail): LivePolicyVersions {
  const { Arn, Path, AttachmentCount, PermissionsBoundaryUsageCount: bounds, PolicyVersionList } = detail;
  return {
    arn: must(Arn, "a policy's ARN"),
    path: must(Path, "a policy's path"),
    holders: must(AttachmentCount, "how many hold a policy"),
    ...(bounds === undefined ? {} : { bounds }),
    versions: must(PolicyVersionList, "a policy's versions").map(({ VersionId, IsDefaultVersion, Document }) => ({
      id: must(VersionId, "a version's name"),
      isDefault: IsDefaultVersion === true,
      document: decodeDocument(Document),
    })),
  };
}

async function readManaged(iam: IAMClient, PolicyArn: string): Promise<unknown> {
  const { Policy } = await ask(iam, new GetPolicyCommand({ PolicyArn }));
  const VersionId = must(Policy?.DefaultVersionId, "a policy's version");
  const { PolicyVersion } = await ask(iam, new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return decodeDocument(must(PolicyVersion?.Document, "a policy's text"));
}

async function readOidcProviders(iam: IAMClient): Promise<readonly FederationProvider[]> {
  const { OpenIDConnectProviderList } = await ask(iam, new ListOpenIDConnectProvidersCommand({}));
  return mapPool(
    must(OpenIDConnectProviderList, "federation providers"),
    AT_ONCE,
    async ({ Arn }): Promise<FederationProvider> => {
      const arn = must(Arn, "a provider's ARN");
      const { Url, ClientIDList, ThumbprintList } = await ask(
        iam,
        new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }),
      );
      const settings = { url: must(Url, "a provider's address"), audiences: ClientIDList, thumbprints: ThumbprintList };
      return { kind: "oidc", arn, settings };
    },
  );
}

async function readSamlProviders(iam: IAMClient): Promise<readonly FederationProvider[]> {
  const { SAMLProviderList } = await ask(iam, new ListSAMLProvidersCommand({}));
  return mapPool(
    must(SAMLProviderList, "federation providers"),
    AT_ONCE,
    async ({ Arn }): Promise<FederationProvider> => {
      const arn = must(Arn, "a provider's ARN");
      const { SAMLMetadataDocument } = await ask(iam, new GetSAMLProviderCommand({ SAMLProviderArn: arn }));
      return { kind: "saml", arn, settings: must(SAMLMetadataDocument, "a provider's metadata") };
    },
  );
}

async function readInstanceProfiles(iam: IAMClient): Promise<readonly InstanceProfile[]> {
  const found = await askAll(iam, ListInstanceProfilesCommand, {}, ({ InstanceProfiles }) => InstanceProfiles);
  return found
    .map(({ Arn, Roles }) => ({
      arn: must(Arn, "a profile's ARN"),
      roles: (Roles ?? []).map(({ RoleName }) => must(RoleName, "a role's name")),
    }))
    .sort((a, b) => compareText(a.arn, b.arn));
}

async function readCredentials(iam: IAMClient, user: string): Promise<readonly UserCredential[]> {
  const of = { UserName: user };
  const [ssh, certificates, services] = await Promise.all([
    askAll(iam, ListSSHPublicKeysCommand, of, ({ SSHPublicKeys }) => SSHPublicKeys),
    askAll(iam, ListSigningCertificatesCommand, of, ({ Certificates }) => Certificates),
    askAll(iam, ListServiceSpecificCredentialsCommand, of, (page) => page.ServiceSpecificCredentials),
  ]);
  const credential = (kind: UserCredential["kind"], id: string | undefined) => ({ user, kind, id: id ?? "" });
  return [
    ...ssh.map(({ SSHPublicKeyId }) => credential("SSH key", SSHPublicKeyId)),
    ...certificates.map(({ CertificateId }) => credential("signing certificate", CertificateId)),
    ...services.map((each) => credential("service-specific credential", each.ServiceSpecificCredentialId)),
  ];
}
