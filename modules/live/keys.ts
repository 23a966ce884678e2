import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  GetAccessKeyLastUsedCommand,
  type IAMClient,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import type { AccessKey, KeyPair } from "../client/keys/key";
import type { KeysPort } from "../client/keys/ports";
import { Refusal } from "../refusal";
import { compareText } from "../text";
import { askAll } from "./ask-all";
import { errorName } from "./aws-problem";
import { callerOf } from "./own-user";
import { readBack } from "./read-back";
import { ask } from "./send";
import { unlessMissing } from "./unless-missing";

/** The access keys of one IAM user. `iam` needs MFA where the self-service policy rules; a pair is tried without it. */
export function liveKeys(iam: IAMClient, user: string, accountId: string, region: string): KeysPort {
  return {
    list: () => list(iam, user),
    create: () => create(iam, user),
    deactivate: (AccessKeyId) =>
      readBack(
        () => ask(iam, new UpdateAccessKeyCommand({ UserName: user, AccessKeyId, Status: "Inactive" })),
        async () => !(await list(iam, user)).some(({ id, active }) => id === AccessKeyId && active),
      ),
    remove: (AccessKeyId) =>
      readBack(
        () => unlessMissing(ask(iam, new DeleteAccessKeyCommand({ UserName: user, AccessKeyId }))),
        async () => !(await list(iam, user)).some(({ id }) => id === AccessKeyId),
      ),
    works: (pair) => works(pair, user, accountId, region),
  };
}

async function list(client: IAMClient, UserName: string): Promise<readonly AccessKey[]> {
  const keys: AccessKey[] = [];
  const found = await askAll(client, ListAccessKeysCommand, { UserName }, ({ AccessKeyMetadata }) => AccessKeyMetadata);
  for (const { AccessKeyId: id = "", Status, CreateDate } of found) {
    const lastUsed = await lastUse(client, id);
    const created = CreateDate?.toISOString() ?? "";
    keys.push({ id, active: Status !== "Inactive", created, ...(lastUsed === undefined ? {} : { lastUsed }) });
  }
  return keys.sort((a, b) => compareText(a.created, b.created) || compareText(a.id, b.id));
}

/** AWS answers `N/A` as the service of a key that was never used. */
async function lastUse(iam: IAMClient, AccessKeyId: string): Promise<AccessKey["lastUsed"]> {
  const { AccessKeyLastUsed: use } = await ask(iam, new GetAccessKeyLastUsedCommand({ AccessKeyId }));
  return use?.LastUsedDate === undefined
    ? undefined
    : { at: use.LastUsedDate.toISOString(), service: use.ServiceName ?? "unknown" };
}

async function create(iam: IAMClient, UserName: string): Promise<KeyPair> {
  const { AccessKey } = await ask(iam, new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId: id, SecretAccessKey: secret } = AccessKey ?? {};
  // Both go into a file of lines: what could not be read back from it must not be written.
  if (!id || !secret || !/^\S+$/.test(id) || !/^\S+$/.test(secret))
    throw new Refusal("AWS returned no usable key; list your keys, and delete the one that nobody has");
  return { id, secret };
}

/** What AWS answers of a key it does not know (yet), or that is inactive. */
const UNKNOWN_KEY = ["InvalidClientTokenId", "InvalidAccessKeyId", "AuthFailure", "SignatureDoesNotMatch"];

async function works(pair: KeyPair, user: string, accountId: string, region: string): Promise<boolean> {
  const credentials = { accessKeyId: pair.id, secretAccessKey: pair.secret };
  try {
    const caller = await callerOf({ region, credentials });
    return caller.kind === "user" && caller.user === user && caller.accountId === accountId;
  } catch (error) {
    if (UNKNOWN_KEY.includes(errorName(error))) return false;
    throw error;
  }
}
