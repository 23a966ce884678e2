import { type AskCode, typedCode } from "../../client/mfa/typed-code";
import { askOnTty } from "../../machine/tty";
import { quote } from "../../text";

/** Asks for a code of this device until six digits are typed. `again` says first why AWS did not take the last one. */
export function askTerminal(purpose: string, serial: string, again: string | undefined): Promise<string | undefined> {
  const ask: AskCode = (question, why) => askOnTty(`${why === undefined ? "" : `${why}\n`}${question}`, "MFA code");
  return typedCode(ask, `MFA code of ${quote(serial)}, for ${purpose}: `, { why: again });
}
