import {
  GetLoginProfileCommand,
  GetUserCommand,
  type IAMClient,
  ListServiceSpecificCredentialsCommand,
  NoSuchEntityException,
  paginateListAccessKeys,
  paginateListAttachedUserPolicies,
  paginateListGroupsForUser,
  paginateListMFADevices,
  paginateListSigningCertificates,
  paginateListSSHPublicKeys,
  paginateListUserPolicies,
} from "@aws-sdk/client-iam";
import { compareText } from "../text";
import type { KeyState, PersonState } from "./person-state";

/** Everything the account holds of the IAM user; `undefined` when there is no such user. Any other failure throws. */
export async function readPerson(client: IAMClient, name: string): Promise<PersonState | undefined> {
  const user = await unlessMissing(client.send(new GetUserCommand({ UserName: name })));
  if (user?.User === undefined) return undefined;
  const of = { UserName: name };
  const page = { client };
  const [keys, profile, mfa, certificates, ssh, services, groups, inline, attached] = await Promise.all([
    texts(paginateListAccessKeys(page, of), ({ AccessKeyMetadata }) => AccessKeyMetadata, keyText),
    unlessMissing(client.send(new GetLoginProfileCommand(of))),
    texts(
      paginateListMFADevices(page, of),
      (found) => found.MFADevices,
      (each) => each.SerialNumber,
    ),
    texts(
      paginateListSigningCertificates(page, of),
      (found) => found.Certificates,
      (each) => each.CertificateId,
    ),
    texts(
      paginateListSSHPublicKeys(page, of),
      (found) => found.SSHPublicKeys,
      (each) => each.SSHPublicKeyId,
    ),
    serviceCredentials(client, name),
    texts(
      paginateListGroupsForUser(page, of),
      (found) => found.Groups,
      (each) => each.GroupName,
    ),
    texts(
      paginateListUserPolicies(page, of),
      (found) => found.PolicyNames,
      (each) => each,
    ),
    texts(
      paginateListAttachedUserPolicies(page, of),
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

/** The answer, or `undefined` when IAM says that there is no such thing. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

function keyText({ AccessKeyId, Status }: { readonly AccessKeyId?: string; readonly Status?: string }): string {
  return `${AccessKeyId ?? ""} ${Status ?? ""}`;
}

function keyState(text: string): KeyState {
  const [id = "", status] = text.split(" ");
  return { id, active: status !== "Inactive" };
}

async function texts<Page, Item>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly Item[] | undefined,
  text: (item: Item) => string | undefined,
): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of pages) for (const item of items(page) ?? []) all.push(text(item) ?? "");
  return all.sort(compareText);
}

/** The only one of these lists for which the SDK has no paginator. */
async function serviceCredentials(client: IAMClient, name: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let marker: string | undefined;
  do {
    const page = await client.send(
      new ListServiceSpecificCredentialsCommand({
        UserName: name,
        ...(marker === undefined ? {} : { Marker: marker }),
      }),
    );
    ids.push(...(page.ServiceSpecificCredentials ?? []).map((each) => each.ServiceSpecificCredentialId ?? ""));
    marker = page.IsTruncated ? page.Marker : undefined;
  } while (marker !== undefined);
  return ids.sort(compareText);
}
