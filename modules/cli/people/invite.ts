import { randomInt } from "node:crypto";
import { jsonText } from "../json-text";
import { compileAccess } from "../../access/compile";
import type { UserAccountPlan } from "../../access/plan";
import { formatFinding, sortFindings } from "../../finding";
import type { Roster } from "../../roster/roster";
import { didYouMean, quote } from "../../text";
import { approve, type Confirm, confirmOnTerminal } from "../../machine/confirm";
import type { Context } from "../../machine/context";
import { expectAgeRecipient } from "./encrypt";
import { chooseHandOver, deliver, type HandOver, type HandOverOptions } from "./hand-over";
import { expectSettledProfile } from "../devices/expect-settled";
import { openAccount } from "./open-account";
import { orExplain } from "../or-explain";
import { readRoster } from "../roster/read-roster";
import { type WelcomeOptions, writeWelcome } from "./write-welcome";

export interface InviteOptions extends HandOverOptions, WelcomeOptions {
  readonly roster?: string;
  readonly json: boolean;
  readonly again?: boolean;
  readonly yes?: boolean;
}

/** A roster that holds, with what it compiles to for the user account. */
interface Ready {
  readonly roster: Roster;
  readonly plan: UserAccountPlan;
}

/**
 * Gives a person of the roster a one-time password and a welcome page. Exit 0 done, 1 refused or not confirmed, 2 could not
 * tell. The password is shown once or encrypted; it is in no file, log, argument or JSON.
 */
export async function invite(
  context: Context,
  person: string,
  options: InviteOptions,
  confirm: Confirm = confirmOnTerminal,
): Promise<number> {
  return orExplain(context, async () => {
    const ready = await readPlan(context, options.roster);
    if (!ready) return 2;
    if (!ready.roster.people.some(({ key }) => key === person)) {
      const near = didYouMean(
        person,
        ready.roster.people.map(({ key }) => key),
      );
      context.stderr(`${quote(person)} is not in the roster${near || "; add the person, and apply"}\n`);
      return 2;
    }
    const handOver = chooseHandOver(context, options);
    if (handOver.kind === "impossible") {
      context.stderr(`${handOver.reason}\n`);
      return 2;
    }
    // Before AWS is asked for anything; a PGP key is gpg's to judge, later and still before the password is set.
    if (options.ageRecipient !== undefined) await expectAgeRecipient(options.ageRecipient);
    return setPassword(context, { person, ready, handOver, options, confirm });
  });
}

async function readPlan(context: Context, path: string | undefined): Promise<Ready | undefined> {
  const roster = await readRoster(context, path);
  const plan = roster.ok ? compileAccess(roster.value, context.now) : roster;
  for (const finding of sortFindings([...new Set([...roster.findings, ...plan.findings])]))
    context.stderr(`${formatFinding(finding)}\n`);
  if (!roster.ok || !plan.ok || !("stacks" in plan.value)) return undefined;
  const account = plan.value.stacks
    .flatMap(({ accounts }) => accounts)
    .find((each): each is UserAccountPlan => each.kind === "user");
  if (account === undefined) throw new Error("a plan has a user account");
  return { roster: roster.value, plan: account };
}

interface Invitation {
  readonly person: string;
  readonly ready: Ready;
  readonly handOver: Exclude<HandOver, { kind: "impossible" }>;
  readonly options: InviteOptions;
  readonly confirm: Confirm;
}

async function setPassword(context: Context, invitation: Invitation): Promise<number> {
  await expectSettledProfile(context);
  const { person, ready, options, confirm } = invitation;
  const again = options.again === true;
  const { readPerson } = await import("../../people/read-person");
  const { checkInvite } = await import("../../people/check-invite");
  const iam = await openAccount(ready.plan, "rolecall-invite");
  const groups = ready.plan.groups.filter(({ members }) => members.includes(person)).map(({ name }) => name);
  const check = checkInvite({ person, groups, state: await readPerson(iam, person), again });
  if (check.kind === "refused") {
    context.stderr(`${check.reason}\n`);
    return 1;
  }
  for (const warning of check.warnings) context.stderr(`warning: ${warning}\n`);
  if (check.ask !== undefined) {
    const cure = "ask the person, then run this with --yes";
    const question = `${check.ask} Type yes: `;
    const answer = await approve(context, { autoApprove: options.yes === true, question, confirm, cure });
    if (answer !== 0) return answer;
  }
  const { oneTimePassword } = await import("../../people/one-time-password");
  const { setOneTimePassword } = await import("../../people/login");
  const password = oneTimePassword(ready.plan.passwordPolicy, (limit) => randomInt(limit));
  // Before the password is set: a wrong recipient then costs nothing.
  const { handOver } = invitation;
  const encrypted = handOver.kind === "encrypted" ? await handOver.encrypt(password) : undefined;
  const pages = writeWelcome(context, ready.roster, person, options);
  const outcome = await setOneTimePassword(iam, person, password, again);
  if (outcome.kind !== "done") return failed(context, person, outcome);
  for (const page of pages) context.stderr(`written: ${page}\n`);
  const lost = await handedOver(context, invitation, { password, encrypted, pages });
  context.stderr(lost === undefined ? AFTERWARDS : `${lostText(lost)}\n`);
  return lost === undefined ? 0 : 2;
}

interface Result {
  readonly password: string;
  readonly encrypted: string | undefined;
  readonly pages: readonly string[];
}

/** The code of the system's error when the password is set and nobody can have read it. */
function handedOver(context: Context, invitation: Invitation, { password, encrypted, pages }: Result) {
  const { handOver, options, person } = invitation;
  if (options.json) return deliver(context, jsonText("invite", resultOf(invitation, encrypted, pages)));
  if (handOver.kind === "clear") return handOver.show(`one-time password of ${person}: ${password}\n`);
  return deliver(context, `${encrypted?.trimEnd()}\n`);
}

function lostText(code: string): string {
  return `the password was set and could not be shown (${code}), so nobody knows it; set another with --again`;
}

const AFTERWARDS =
  "it must be changed at the first sign-in. Hand it over in person or encrypted, apart from the welcome page, and see that a\n" +
  "device is enrolled today: until then whoever has the password can enrol theirs.\n";

function failed(
  context: Context,
  person: string,
  { kind, reason }: { readonly kind: "refused" | "unknown"; readonly reason: string },
): number {
  const name = quote(person);
  context.stderr(
    kind === "refused"
      ? `no password was set: ${reason}\n`
      : `whether a password was set is not known: ${reason}; nobody knows it, so none is shown. See whether ${name} has one by running this once more; if so, --again sets another\n`,
  );
  return 2;
}

function resultOf(
  { person, ready, options, handOver }: Invitation,
  encrypted: string | undefined,
  pages: readonly string[],
) {
  return {
    person,
    account: ready.plan.id,
    again: options.again === true,
    ...(handOver.kind === "encrypted" ? { encryption: handOver.how, encryptedPassword: encrypted } : {}),
    welcome: pages,
  };
}
