import type { KeysPort } from "../../client/keys/ports";
import type { Context } from "../../machine/context";
import { devicesOf, type OwnUser, type SourceOptions, withMfa } from "./own-user";

/** A person's own access keys, through a session with MFA: the self-service policy demands it for all that is done with keys. */
export async function keysWithMfa(context: Context, own: OwnUser, options: SourceOptions): Promise<KeysPort> {
  const devices = await (await devicesOf(own)).list();
  const { source } = await withMfa(context, own, devices, { ...options, purpose: "work on access keys" });
  return keysThrough({ ...own, source });
}

/** The same with the credentials that are there. */
export async function keysThrough({ source, user, accountId }: OwnUser): Promise<KeysPort> {
  const { iamClient } = await import("../../live/own-user");
  const { liveKeys } = await import("../../live/keys");
  return liveKeys(iamClient(source), user, accountId, source.region);
}
