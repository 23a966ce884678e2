import { roleOfProfile } from "../../client/session/find-role";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import type { Answer } from "../answer";
import { define } from "../command";
import { openSession, type SessionOptions } from "./session";
import { withSession } from "./session-flags";

/** Exit 0 with the keys of one profile's role, 2 without. */
export const credentials = define(
  {
    name: "credentials",
    about: "print a role's keys for a client that runs this as its credential_process; one MFA code for all roles",
    usage: (command) => withSession(command.argument("<profile>")).option("--print", "print even to a terminal"),
  },
  (context, options, profile) => printKeys(context, options, profile, Boolean(process.stdout.isTTY)),
);

export interface CredentialsOptions extends SessionOptions {
  readonly print?: boolean | undefined;
}

/**
 * The keys as the AWS client, the SDKs and Terraform read them from a `credential_process`.
 * Source: AWS CLI User Guide, "Sourcing credentials with an external process".
 */
export async function printKeys(
  context: Context,
  options: CredentialsOptions,
  profile: string,
  onScreen: boolean,
): Promise<Answer> {
  if (onScreen && options.print !== true)
    throw new Refusal(
      "these keys are for a program that reads them, and would stay on this screen; use rolecall exec, or --print if you mean it",
    );
  const { roles, person, keysOf } = await openSession(context, options);
  const { expiration: Expiration, ...keys } = await keysOf(roleOfProfile(roles, profile, person));
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } = keys;
  return {
    exit: 0,
    text: `${JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey, SessionToken, Expiration })}\n`,
  };
}
