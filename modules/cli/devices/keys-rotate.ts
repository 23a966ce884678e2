import type { Command } from "@commander-js/extra-typings";
import { join } from "node:path";
import { useText } from "../../client/keys/key";
import type { KeysPort } from "../../client/keys/ports";
import { rotate } from "../../client/keys/rotate";
import type { Rotated } from "../../client/keys/rotation";
import { type Confirm, confirmOnTerminal } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import { takeLock } from "../../machine/lock";
import { onStopSignals } from "../../machine/signals";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { Answer } from "../answer";
import { define } from "../command";
import { jsonFlag, withOwnKeys } from "../flags";
import { credentialsPath } from "./aws-files";
import { credentialsFile, removeDrafts } from "./credentials-file";
import { keysWithMfa } from "./own-access-keys";
import { forgetSession, openOwnUser, type OwnUser, type SourceOptions } from "./own-user";
import { makeStateFolder, rotationJournal, stateFolder } from "./rotation-journal";

const usage = (command: Command) =>
  withOwnKeys(command)
    .option("--delete-unused", "delete the second key, which is not in the file, to make room", false)
    .option("--keep-old", "leave the old key inactive instead of deleting it", false)
    .option("--yes", "do not ask before deleting; needed without a terminal", false)
    .addOption(jsonFlag());

export type RotateOptions = ReturnType<ReturnType<typeof usage>["opts"]>;

/** Exit 0 done, 1 the old key is inactive and still exists, 2 not done; the next run continues. */
export const rotateKeys = define(
  {
    name: "keys rotate",
    about: "a new key into the credentials file, tried, then the old one deactivated and deleted; takes MFA",
    usage,
  },
  (context, options) => rotateOwnKey(context, options, confirmOnTerminal),
);

/** Replaces the key of one profile. No answer has a secret: the new one is in the file only. */
export async function rotateOwnKey(context: Context, options: RotateOptions, confirm: Confirm): Promise<Answer> {
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
      throw new Refusal(`the key of profile ${quote(profile)} is not the one in ${quote(path)}; rotate it where it is`);
    const keys = await keysWithMfa(context, own, options);
    const result = await rotateProfile(context, { own, keys, path, profile }, options, confirm);
    return { exit: EXITS[result.kind], data: { profile, ...result }, talk: [endOf(result, path)] };
  } finally {
    lock.release();
  }
}

/** Keys in the environment take precedence over the file's: they would still be the old ones afterwards. */
function profileOf({ env }: Context, { sourceProfile }: SourceOptions): string {
  const named = sourceProfile ?? env["ROLECALL_SOURCE_PROFILE"];
  if (!named && env["AWS_ACCESS_KEY_ID"])
    throw new Refusal(
      "AWS_ACCESS_KEY_ID is set here and takes precedence over the credentials file; unset it, or name the profile to rotate with --source-profile",
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
  { deleteUnused, keepOld, yes }: RotateOptions,
  confirm: Confirm,
): Promise<Rotated> {
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
    return result;
  } finally {
    signals();
  }
}

const EXITS: Readonly<Record<Rotated["kind"], number>> = { done: 0, "old-kept": 1, "not-done": 2 };

function endOf(result: Rotated, path: string): string {
  switch (result.kind) {
    case "done":
      return `${result.now} is the key in ${path}, and the only one`;
    case "old-kept":
      return `${result.old} is inactive and still exists; run this again to delete it`;
    case "not-done":
      return result.reason;
  }
}
