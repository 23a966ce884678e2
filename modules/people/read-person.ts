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
import { ask, type AwsCommand } from "../live/send";
import { unlessMissing } from "../live/unless-missing";
import { compareText } from "../text";
import type { KeyState, PersonState } from "./person-state";

/** Everything the account holds of the IAM user; `undefined` when there is no such user. Any other failure throws. */
export async function readPerson(client: IAMClient, name: string): Promise<PersonState | undefined> {
  const user = await unlessMissing(ask(client, new GetUserCommand({ UserName: name })));
  if (user?.User === undefined) return undefined;
  const of = { UserName: name };
  const [keys, profile, mfa, certificates, ssh, services, groups, inline, attached] = await Promise.all([
    texts(client, ListAccessKeysCommand, of, ({ AccessKeyMetadata }) => AccessKeyMetadata, keyText),
    unlessMissing(ask(client, new GetLoginProfileCommand(of))),
    texts(
      client,
      ListMFADevicesCommand,
      of,
      (found) => found.MFADevices,
      (each) => each.SerialNumber,
    ),
    texts(
      client,
      ListSigningCertificatesCommand,
      of,
      (found) => found.Certificates,
      (each) => each.CertificateId,
    ),
    texts(
      client,
      ListSSHPublicKeysCommand,
      of,
      (found) => found.SSHPublicKeys,
      (each) => each.SSHPublicKeyId,
    ),
    texts(
      client,
      ListServiceSpecificCredentialsCommand,
      of,
      (found) => found.ServiceSpecificCredentials,
      (each) => each.ServiceSpecificCredentialId,
    ),
    texts(
      client,
      ListGroupsForUserCommand,
      of,
      (found) => found.Groups,
      (each) => each.GroupName,
    ),
    texts(
      client,
      ListUserPoliciesCommand,
      of,
      (found) => found.PolicyNames,
      (each) => each,
    ),
    texts(
      client,
      ListAttachedUserPoliciesCommand,
      of,
      (found) => found.AttachedPolicies,
      (each) => each.PolicyArn,
    ),
  ]);
  return {
    name: user.User.UserName ?? name,
    arn: user.User.Arn ?? "",
    keys: keys.map(keyState),
    hasPassword: profile !== undefined,
    mfaDevices: mfa,
    signingCertificates: certificates,
    sshKeys: ssh,
    serviceCredentials: services,
    groups,
    inlinePolicies: inline,
    attachedPolicies: attached,
    hasBoundary: user.User.PermissionsBoundary !== undefined,
  };
}

function keyText({ AccessKeyId, Status }: { readonly AccessKeyId?: string; readonly Status?: string }): string {
  return `${AccessKeyId ?? ""} ${Status ?? ""}`;
}

function keyState(text: string): KeyState {
  const [id = "", status] = text.split(" ");
  return { id, active: status !== "Inactive" };
}

async function texts<Input extends object, Output extends object, Item>(
  client: IAMClient,
  Command: new (input: Input) => AwsCommand<Output>,
  input: NoInfer<Input>,
  items: (page: Output) => readonly Item[] | undefined,
  text: (item: Item) => string | undefined,
): Promise<readonly string[]> {
  return (await askAll(client, Command, input, items)).map((item) => text(item) ?? "").sort(compareText);
}
