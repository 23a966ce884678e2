import type { UserAccountPlan } from "../access/plan";
import type { OpenAccount } from "../live/open-account";
import { Refusal } from "../refusal";
import { quote } from "../text";
import { checkInvite } from "./joining/check-invite";
import { type LoginOutcome, setOneTimePassword } from "./joining/login";
import { oneTimePassword, type RandomBelow } from "./joining/one-time-password";
import { readPerson } from "./read-person";

export interface Invitation {
  readonly person: string;
  readonly plan: UserAccountPlan;
  /** Set another password for a person who has one. */
  readonly again: boolean;
}

/** What an invitation needs of the world. */
export interface InvitePorts {
  readonly open: OpenAccount;
  readonly warn: (warning: string) => void;
  /** Asks a person to agree. Throws a `Refusal` on anything but yes. */
  readonly expectYes: (question: string) => Promise<void>;
  readonly random: RandomBelow;
  /** Encrypts the password to its person; absent where it is handed over in the clear. */
  readonly encrypt?: ((password: string) => Promise<string>) | undefined;
  /** Writes the welcome pages. Their paths. */
  readonly writePages: () => readonly string[];
}

export interface Invited {
  /** The password as it is handed over, encrypted or in the clear: to be said once, and kept nowhere. */
  readonly password: string;
  readonly pages: readonly string[];
}

/**
 * Gives a person a one-time password. It is encrypted and the pages are written before it is set: where either fails, nothing has
 * changed. Throws a `Refusal`, without the password, for everything that is in the way.
 */
export async function invitePerson({ person, plan, again }: Invitation, ports: InvitePorts): Promise<Invited> {
  const iam = await ports.open(plan);
  const groups = plan.groups.filter(({ members }) => members.includes(person)).map(({ name }) => name);
  const check = checkInvite({ person, groups, state: await readPerson(iam, person), again });
  if (check.kind === "refused") throw new Refusal(check.reason, { exit: 1 });
  for (const warning of check.warnings) ports.warn(warning);
  if (check.question !== undefined) await ports.expectYes(check.question);
  const password = oneTimePassword(plan.passwordPolicy, ports.random);
  const given = ports.encrypt === undefined ? password : await ports.encrypt(password);
  const pages = ports.writePages();
  refuseUnlessSet(person, await setOneTimePassword(iam, person, password, again));
  return { password: given, pages };
}

function refuseUnlessSet(person: string, outcome: LoginOutcome): void {
  switch (outcome.kind) {
    case "done":
      return;
    case "refused":
      throw new Refusal(`no password was set: ${outcome.reason}`);
    case "unknown":
      throw new Refusal(
        `it is not known whether a password was set: ${outcome.reason}; the password was discarded, so none is shown. Run this again to see whether ${quote(person)} has one; if so, --again sets another`,
      );
  }
}
