import { randomInt } from "node:crypto";
import type { UserAccountPlan } from "../../access/plan";
import { type Confirm, confirmOnTerminal } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import type { Roster } from "../../roster/roster";
import { didYouMean, quote } from "../../text";
import type { Answer } from "../answer";
import { define } from "../command";
import { expectSettledProfile } from "../devices/expect-settled";
import { jsonFlag, rosterFlag } from "../flags";
import { expectCompiled } from "../roster/compiled-roster";
import { expectYes } from "./expect-yes";
import { chooseHandOver, type HandOver, type HandOverOptions } from "./hand-over";
import { type WelcomeOptions, writeWelcome } from "./write-welcome";

/**
 * Gives a person of the roster a one-time password and a welcome page. Exit 0 done, 1 refused or not confirmed, 2 could not. The
 * password is shown once or encrypted; it is in no file, log, argument or JSON.
 */
export const invite = define(
  {
    name: "invite",
    about: "give a person of the roster, once applied, a one-time password and a welcome page",
    schemaVersion: 2,
    usage: (command) =>
      command
        .argument("<person>")
        .option("--age-recipient <key>", "encrypt the password to this public key of age-keygen, and print that")
        .option(
          "--pgp-key <file-or-name>",
          "encrypt it to the one public key in this file, or to a key of your keyring; never looked up on the network",
        )
        .option("--print", "print it in the clear on standard output, where there is no terminal")
        .option("--welcome-out <dir>", "write the welcome page there, as HTML and Markdown; it holds no secret")
        .option("--contact <text>", "who helps, for the welcome page")
        .option("--checkout <url>", "address of the roster's repository, for the welcome page")
        .option("--again", "set another one-time password for a person who has one; open sessions stay open")
        .option("--yes", "do not ask whether a person with MFA devices asked for it")
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  (context, options, person) => inviteAsking(context, options, person, confirmOnTerminal),
);

export interface InviteOptions extends HandOverOptions, WelcomeOptions {
  readonly roster?: string | undefined;
  readonly again?: boolean | undefined;
  readonly yes?: boolean | undefined;
}

/** The same, with another way to ask a person. */
export async function inviteAsking(
  context: Context,
  options: InviteOptions,
  person: string,
  confirm: Confirm,
): Promise<Answer> {
  const { roster, plan, findings } = await expectCompiled(context, { path: options.roster });
  refuseStranger(roster, person);
  const handOver = await chooseHandOver(context, options);
  await expectSettledProfile(context);
  const account = plan.stacks
    .flatMap(({ accounts }) => accounts)
    .find((each): each is UserAccountPlan => each.kind === "user");
  if (account === undefined) throw new Error("a plan has a user account");
  const { invitePerson } = await import("../../people/invite");
  const { accountOpener } = await import("../../live/open-account");
  const again = options.again === true;
  const cure = "ask the person, then run this with --yes";
  const { password, pages } = await invitePerson(
    { person, plan: account, again },
    {
      open: accountOpener("rolecall-invite"),
      warn: (warning) => context.stderr(`warning: ${warning}\n`),
      expectYes: (question) => expectYes(context, { question, yes: options.yes === true, confirm, cure }),
      random: (limit) => randomInt(limit),
      encrypt: handOver.kind === "encrypted" ? handOver.encrypt : undefined,
      writePages: () => writeWelcome(context, roster, person, options),
    },
  );
  for (const page of pages) context.stderr(`written: ${page}\n`);
  const data = { ok: true, person, account: account.id, again, welcome: pages };
  return { exit: 0, findings, talk: AFTERWARDS, ...handedOver(context, handOver, { person, password, data }) };
}

function refuseStranger({ people }: Roster, person: string): void {
  const names = people.map(({ key }) => key);
  if (names.includes(person)) return;
  throw new Refusal(
    `${quote(person)} is not in the roster${didYouMean(person, names) || "; add the person, and apply"}`,
  );
}

interface Given {
  readonly person: string;
  readonly password: string;
  readonly data: object;
}

/** The part of the answer that says the password. On a terminal it is said here: an answer's talk holds no secret. */
function handedOver(context: Context, handOver: HandOver, { person, password, data }: Given): Omit<Answer, "exit"> {
  if (handOver.kind === "encrypted") {
    const text = `${password.trimEnd()}\n`;
    return { text, data: { ...data, encryption: handOver.how, encryptedPassword: password }, lost };
  }
  const line = `one-time password of ${person}: ${password}\n`;
  if (handOver.on === "stdout") return { text: line, lost };
  context.stderr(line);
  return {};
}

function lost(code: string): string {
  return `the password was set but could not be shown (${code}); set another with --again`;
}

const AFTERWARDS = [
  "It must be changed at the first sign-in. Hand it over in person or encrypted, apart from the welcome page, and make sure that a",
  "device is enrolled today: until then, anybody who has the password can enrol theirs.",
];
