import { join } from "node:path";
import { jsonText } from "../json-text";
import { type AccessKey, daysSince, useText } from "../../client/keys/key";
import type { KeysPort } from "../../client/keys/ports";
import { rotate } from "../../client/keys/rotate";
import type { Rotated } from "../../client/keys/rotation";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { takeLock } from "../../machine/lock";
import { type Confirm, confirmOnTerminal } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import { credentialsPath } from "./aws-files";
import { credentialsFile, removeDrafts } from "./credentials-file";
import { orExplain } from "../or-explain";
import { devicesOf, forgetSession, openOwnUser, type OwnUser, type SourceOptions, withMfa } from "./own-user";
import { makeStateFolder, rotationJournal, stateFolder } from "./rotation-journal";
import { onStopSignals } from "../../machine/signals";

export interface KeyListOptions extends SourceOptions {
  readonly json: boolean;
}

/** A person's own access keys with age and last use. Exit 0. */
export async function listKeys(context: Context, options: KeyListOptions): Promise<number> {
  return orExplain(context, async () => {
    const own = await openOwnUser(context, options);
    const keys = await (await keysOf(context, own, options)).list();
    if (options.json) {
      const { user: person, accountId } = own;
      context.stdout(jsonText("keys list", { person, accountId, keys }));
    } else for (const key of keys) context.stdout(`${lineOf(key, context.now)}\n`);
    if (keys.length === 0) context.stderr("no access keys\n");
    return 0;
  });
}

function lineOf(key: AccessKey, now: Date): string {
  return `${key.id}  ${key.active ? "active" : "inactive"}  ${daysSince(key.created, now)} days old  ${useText(key)}`;
}

export interface RotateOptions extends SourceOptions {
  readonly deleteUnused: boolean;
  /** The old key ends inactive and is not deleted. */
  readonly keepOld: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/** Replaces the key of one profile. Exit 0 done, 1 the old key is inactive and still there, 2 not done; running it again goes on. */
export async function rotateKeys(
  context: Context,
  options: RotateOptions,
  confirm: Confirm = confirmOnTerminal,
): Promise<number> {
  return orExplain(context, async () => {
    const profile = profileOf(context, options);
    const path = credentialsPath(context);
    makeStateFolder(stateFolder(context));
    const lock = takeLock(join(stateFolder(context), "rotation.lock"));
    if (lock.kind === "busy") throw new Refusal("another rolecall rotates keys on this machine; wait for it");
    try {
      const pair = credentialsFile(path, profile).read();
      removeDrafts(path);
      const own = await openOwnUser(context, { sourceProfile: profile });
      if (own.keys.accessKeyId !== pair.id)
        throw new Refusal(
          `the key of profile ${quote(profile)} is not the one in ${quote(path)}; rotate it where it is`,
        );
      const keys = await keysOf(context, own, options);
      return await rotateProfile(context, { own, keys, path, profile }, options, confirm);
    } finally {
      lock.release();
    }
  });
}

/** Keys in the environment go before the file's: they would still be the old ones afterwards. */
function profileOf({ env }: Context, { sourceProfile }: SourceOptions): string {
  const named = sourceProfile ?? env["ROLECALL_SOURCE_PROFILE"];
  if (!named && env["AWS_ACCESS_KEY_ID"])
    throw new Refusal(
      "AWS_ACCESS_KEY_ID is set here, and goes before the credentials file; unset it, or say which profile to rotate with --source-profile",
    );
  return named || "default";
}

interface Subject {
  readonly own: OwnUser;
  readonly keys: KeysPort;
  readonly path: string;
  readonly profile: string;
}

async function rotateProfile(
  context: Context,
  { own, keys, path, profile }: Subject,
  { deleteUnused, keepOld, yes, json }: RotateOptions,
  confirm: Confirm,
): Promise<number> {
  let stop = false;
  const signals = onStopSignals(() => {
    stop = true;
    context.stderr("stopping after this step\n");
  });
  const sure = async (question: string) => yes || (context.isTty && (await confirm(question)));
  try {
    const result = await rotate({
      keys,
      file: credentialsFile(path, profile),
      journal: rotationJournal(stateFolder(context), own.accountId, own.user),
      place: { file: path, profile },
      say: (line) => context.stderr(`${line}\n`),
      wait: (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)),
      stopped: () => stop,
      mayDelete: async (old) => !keepOld && (await sure(`delete ${old.id} (${useText(old)}) for good? Type yes: `)),
      mayDeleteUnused: async (other) =>
        deleteUnused && (await sure(`delete ${other.id} (${useText(other)}) for good? Type yes: `)),
    });
    if (result.kind === "done") forgetSession(context, own);
    if (json) context.stdout(jsonText("keys rotate", { profile, ...result }));
    return report(context, result, path);
  } finally {
    signals();
  }
}

function report(context: Context, result: Rotated, path: string): number {
  switch (result.kind) {
    case "done":
      context.stderr(`${result.now} is the key in ${path}, and the only one\n`);
      return 0;
    case "old-kept":
      context.stderr(`${result.old} is inactive and still there: run this again to delete it\n`);
      return 1;
    case "not-done":
      context.stderr(`${result.reason}\n`);
      return 2;
  }
}

/** Through a session with MFA, which the self-service policy wants for everything about keys. */
async function keysOf(context: Context, own: OwnUser, options: SourceOptions): Promise<KeysPort> {
  const devices = await (await devicesOf(own)).list();
  const able = await withMfa(context, own, devices, { ...options, purpose: "work on access keys" });
  const { iamClient } = await import("../../live/own-user");
  const { liveKeys } = await import("../../live/keys");
  return liveKeys(iamClient(able.source), own.user, own.accountId, own.source.region);
}
