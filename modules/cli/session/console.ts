import { switchRoleLink } from "../../client/profiles/switch-role-link";
import type { PersonRole } from "../../client/person-roles";
import { federationUrl, signInOf } from "../../client/session/console-url";
import { roleOf } from "../../client/session/find-role";
import { isPrivateEndpoint } from "../../client/session/own-keys";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { Answer } from "../answer";
import { define } from "../command";
import { jsonFlag } from "../flags";
import { openSession, type Session } from "./session";
import { openInBrowser, openPrivately } from "./session-browser";
import { withSession } from "./session-flags";

/** The console as a role: a link for a person who is signed in, or with --federate one that signs in. Exit 0, 2 without a link. */
export const openConsole = define(
  {
    name: "console",
    about: "print the link that switches the console to a role",
    usage: (command) =>
      withSession(command.argument("<account>").argument("[tier]"))
        .option(
          "--federate",
          "a link that signs in without a password, as the role, with keys; treat it as a password for 15 minutes",
        )
        .option("--open", "open it in the browser instead of printing it")
        .addOption(jsonFlag()),
  },
  async (context, { federate = false, open = false, ...options }, account, tier): Promise<Answer> => {
    const { roles, person, keysOf } = await openSession(context, options);
    const role = roleOf(roles, account, tier, person);
    const url = federate ? await signInLink(context, role, keysOf) : switchRoleLink(role, `${account}-${role.tier}`);
    if (open) {
      await (federate ? openPrivately : openInBrowser)(context, url);
      return { exit: 0, data: { account, tier: role.tier, federated: federate, opened: true } };
    }
    return {
      exit: 0,
      text: `${url}\n`,
      data: { account, tier: role.tier, federated: federate, url },
      talk: federate ? ["anyone who opens this link within 15 minutes works as you; do not pass it on"] : [],
    };
  },
);

async function signInLink(context: Context, role: PersonRole, keysOf: Session["keysOf"]): Promise<string> {
  const { signInToken } = await import("../../live/session-sign-in");
  const endpoint = signInEndpoint(context, role.region);
  return federationUrl(endpoint, await signInToken(endpoint, await keysOf(role)), role.region);
}

/** AWS's own, or the one that AWS_ENDPOINT_URL_SIGNIN names. */
function signInEndpoint({ env }: Context, region: string): string {
  const endpoint = (env["AWS_ENDPOINT_URL_SIGNIN"] || signInOf(region)).replace(/\/+$/, "");
  if (isPrivateEndpoint(endpoint)) return endpoint;
  throw new Refusal(
    `the endpoint ${quote(endpoint)} is neither https nor on this machine; check AWS_ENDPOINT_URL_SIGNIN`,
  );
}
