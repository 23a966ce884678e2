import { roleOfProfile } from "../../client/session/find-role";
import type { Context } from "../../machine/context";
import { orExplain } from "../or-explain";
import { openSession, type SessionOptions } from "./session";

export interface CredentialsOptions extends SessionOptions {
  readonly print?: boolean;
}

/**
 * A `credential_process`: the keys of one profile's role on standard output, as the aws client, the SDKs and Terraform read
 * them. Exit 0 with them, 2 without. Source: AWS CLI User Guide, "Sourcing credentials with an external process".
 */
export async function credentials(
  context: Context,
  profile: string,
  options: CredentialsOptions,
  outIsTty = Boolean(process.stdout.isTTY),
): Promise<number> {
  if (outIsTty && options.print !== true) {
    context.stderr(
      "these keys are for a program that reads them, and would stay on this screen; use rolecall exec, or --print if you mean it\n",
    );
    return 2;
  }
  return orExplain(context, async () => {
    const { roles, person, keysOf } = await openSession(context, options);
    const keys = await keysOf(roleOfProfile(roles, profile, person));
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } = keys;
    context.stdout(
      `${JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey, SessionToken, Expiration: keys.expiration })}\n`,
    );
    return 0;
  });
}
