import { type AccessKey, daysSince, useText } from "../../client/keys/key";
import { define } from "../command";
import { jsonFlag, withOwnKeys } from "../flags";
import { openOwnUser } from "./own-user";
import { keysWithMfa } from "./own-access-keys";

/** A person's own access keys with age and last use. Exit 0. */
export const listKeys = define(
  {
    name: "keys list",
    about: "your keys: id, whether active, age, last use; takes MFA",
    usage: (command) => withOwnKeys(command).addOption(jsonFlag()),
  },
  async (context, options) => {
    const own = await openOwnUser(context, options);
    const keys = await (await keysWithMfa(context, own, options)).list();
    return {
      exit: 0,
      data: { person: own.user, accountId: own.accountId, keys },
      text: keys.map((key) => `${lineOf(key, context.now)}\n`).join(""),
      talk: keys.length === 0 ? ["no access keys"] : [],
    };
  },
);

function lineOf(key: AccessKey, now: Date): string {
  return `${key.id}  ${key.active ? "active" : "inactive"}  ${daysSince(key.created, now)} days old  ${useText(key)}`;
}
