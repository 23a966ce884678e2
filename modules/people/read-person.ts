import {
  GetLoginProfileCommand,
  GetUserCommand,
  type IAMClient,
  ListServiceSpecificCredentialsCommand,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  ListUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import { askAll } from "../live/ask-all";
import { ask } from "../live/send";
import { unlessMissing } from "../live/unless-missing";
import { compareText } from "../text";
import type { PersonState } from "./person-state";

/** Everything the account holds of the IAM user; `undefined` when there is no such user. Any other failure throws. */
export async function readPerson(client: IAMClient, name: string): Promise<PersonState | undefined> {
  const of = { UserName: name };
  const user = (await unlessMissing(ask(client, new GetUserCommand(of))))?.User;
  if (user === undefined) return undefined;
  const [profile, credentials, rights] = await Promise.all([
    unlessMissing(ask(client, new GetLoginProfileCommand(of))),
    readCredentialIds(client, of),
    readRightNames(client, of),
  ]);
  return {
    name: user.UserName ?? name,
    arn: user.Arn ?? "",
    hasPassword: profile !== undefined,
    ...credentials,
    ...rights,
    hasBoundary: user.PermissionsBoundary !== undefined,
  };
}

interface OfUser {
  readonly UserName: string;
}

type Credentials = Pick<PersonState, "keys" | "mfaDevices" | "signingCertificates" | "sshKeys" | "serviceCredentials">;

async function readCredentialIds(client: IAMClient, of: OfUser): Promise<Credentials> {
  const [keys, mfa, certificates, ssh, services] = await Promise.all([
    askAll(client, ListAccessKeysCommand, of, ({ AccessKeyMetadata }) => AccessKeyMetadata),
    askAll(client, ListMFADevicesCommand, of, ({ MFADevices }) => MFADevices),
    askAll(client, ListSigningCertificatesCommand, of, ({ Certificates }) => Certificates),
    askAll(client, ListSSHPublicKeysCommand, of, ({ SSHPublicKeys }) => SSHPublicKeys),
    askAll(client, ListServiceSpecificCredentialsCommand, of, (page) => page.ServiceSpecificCredentials),
  ]);
  const active = new Map(keys.map(({ AccessKeyId = "", Status }) => [AccessKeyId, Status !== "Inactive"]));
  return {
    keys: sorted([...active.keys()]).map((id) => ({ id, active: active.get(id) === true })),
    mfaDevices: sorted(mfa.map(({ SerialNumber }) => SerialNumber)),
    signingCertificates: sorted(certificates.map(({ CertificateId }) => CertificateId)),
    sshKeys: sorted(ssh.map(({ SSHPublicKeyId }) => SSHPublicKeyId)),
    serviceCredentials: sorted(services.map(({ ServiceSpecificCredentialId: id }) => id)),
  };
}

async function readRightNames(
  client: IAMClient,
  of: OfUser,
): Promise<Pick<PersonState, "groups" | "inlinePolicies" | "attachedPolicies">> {
  const [groups, inline, attached] = await Promise.all([
    askAll(client, ListGroupsForUserCommand, of, ({ Groups }) => Groups),
    askAll(client, ListUserPoliciesCommand, of, ({ PolicyNames }) => PolicyNames),
    askAll(client, ListAttachedUserPoliciesCommand, of, ({ AttachedPolicies }) => AttachedPolicies),
  ]);
  return {
    groups: sorted(groups.map(({ GroupName }) => GroupName)),
    inlinePolicies: sorted(inline),
    attachedPolicies: sorted(attached.map(({ PolicyArn }) => PolicyArn)),
  };
}

function sorted(texts: readonly (string | undefined)[]): readonly string[] {
  return texts.map((text) => text ?? "").sort(compareText);
}
