import { switchRoleLink } from "../../client/profiles/switch-role-link";
import { jsonText } from "../json-text";
import { federationUrl, signInOf } from "../../client/session/console-url";
import { roleOf } from "../../client/session/find-role";
import { isPrivateEndpoint } from "../../client/session/own-keys";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { orExplain } from "../or-explain";
import { openSession, type SessionOptions } from "./session";
import { openInBrowser, openPrivately } from "./session-browser";

export interface ConsoleOptions extends SessionOptions {
  readonly federate?: boolean;
  readonly open?: boolean;
  readonly json?: boolean;
}

/** The console as a role: a link for who is signed in, or with --federate one that signs in. Exit 0, or 2 with the reason. */
export async function openConsole(
  context: Context,
  asked: { readonly account: string; readonly tier: string | undefined },
  options: ConsoleOptions,
): Promise<number> {
  return orExplain(context, async () => {
    const { roles, person, keysOf } = await openSession(context, options);
    const role = roleOf(roles, asked.account, asked.tier, person);
    const say = (url: string) =>
      context.stdout(
        options.json === true
          ? jsonText("console", { account: role.account, tier: role.tier, federated: options.federate === true, url })
          : `${url}\n`,
      );
    if (options.federate !== true) {
      const url = switchRoleLink(role, `${role.account}-${role.tier}`);
      if (options.open === true) await openInBrowser(context, url);
      else say(url);
      return 0;
    }
    const { signInToken } = await import("../../live/session-sign-in");
    const endpoint = signInEndpoint(context, role.region);
    const url = federationUrl(endpoint, await signInToken(endpoint, await keysOf(role)), role.region);
    if (options.open === true) await openPrivately(context, url);
    else {
      context.stderr("whoever opens this link within 15 minutes works as you: do not pass it on\n");
      say(url);
    }
    return 0;
  });
}

/** AWS's own, or the one that AWS_ENDPOINT_URL_SIGNIN names. */
function signInEndpoint({ env }: Context, region: string): string {
  const endpoint = (env["AWS_ENDPOINT_URL_SIGNIN"] || signInOf(region)).replace(/\/+$/, "");
  if (isPrivateEndpoint(endpoint)) return endpoint;
  throw new Refusal(
    `the endpoint ${quote(endpoint)} is neither https nor on this machine; look at AWS_ENDPOINT_URL_SIGNIN`,
  );
}
