import { type Owner, serialIn } from "../../client/profiles/compose";
import { readMarked } from "../../client/profiles/block";
import { serialProblem } from "../../client/profiles/serial";
import type { StyleName } from "../../client/profiles/style-names";
import { STYLES } from "../../client/profiles/styles";
import { type AccountRef, iamArn } from "../../iam/arn";
import { openTerminal } from "../../machine/prompt";
import type { Context } from "../../machine/context";
import { configPath } from "../devices/aws-files";
import { readConfigText } from "../../machine/profiles-file";
import { Refusal } from "../../refusal";

/** Asks a person; `undefined` when they stop. */
export type AskSerial = (question: string) => Promise<string | undefined>;

export const askOnTerminal: AskSerial = (question) => {
  const terminal = openTerminal();
  return terminal.ask(question).finally(terminal.close);
};

interface Asked {
  readonly owner: Owner;
  readonly userAccount: AccountRef;
  readonly style: StyleName;
  readonly mfaSerial?: string | undefined;
  readonly file?: string | undefined;
}

/**
 * The device that gives codes: the one given, else the one that the block in the config file has for the same owner, else asked
 * for. Never made up: devices have free names. Empty where the style does without. Throws with the cure when it is not known.
 */
export async function chooseSerial(context: Context, asked: Asked, ask: AskSerial): Promise<string> {
  const { style, mfaSerial, userAccount } = asked;
  if (mfaSerial !== undefined) return checked(mfaSerial, userAccount);
  if (!STYLES[style].needsSerial) return "";
  const known = earlier(context, asked);
  if (known !== undefined && serialProblem(known, userAccount) === undefined) {
    context.stderr(`MFA device: ${known}, as before\n`);
    return known;
  }
  const example = iamArn(userAccount, "mfa/name");
  if (!context.isTty)
    throw new Refusal(
      `style ${style} names your MFA device, which does not follow from your name: give --mfa-serial ${example} (rolecall mfa list shows it)`,
    );
  const typed = await ask(`your MFA device, such as ${example} (rolecall mfa list shows it): `);
  if (typed === undefined) throw new Refusal("stopped; nothing was written");
  return checked(typed.trim(), userAccount);
}

function checked(serial: string, userAccount: AccountRef): string {
  const problem = serialProblem(serial, userAccount);
  if (problem !== undefined) throw new Refusal(problem);
  return serial;
}

/** A file that cannot be read is not a reason not to print; writing will say what is wrong with it. */
function earlier(context: Context, { owner, file }: Asked): string | undefined {
  try {
    const path = configPath(context, file);
    const block = readMarked(readConfigText(path) ?? "", path).block;
    return block === undefined ? undefined : serialIn(block.text, owner);
  } catch {
    return undefined;
  }
}
