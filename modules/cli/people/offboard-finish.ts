import type { Context } from "../../machine/context";
import type { LeftDenial } from "../../people/finish-offboarding";
import { countOf } from "../../words";
import type { Answer } from "../answer";
import { expectSettledProfile } from "../devices/expect-settled";
import { expectRoster } from "../roster/read-roster";

export interface FinishOptions {
  readonly roster?: string | undefined;
  readonly dryRun: boolean;
}

/**
 * Removes the denials that offboardings left, where no session they deny can live any more. Exit 0 none is left, 1 some stay until
 * their time or in a dry run, 2 an account could not be read.
 */
export async function finishAll(context: Context, { roster: path, dryRun }: FinishOptions): Promise<Answer> {
  const { roster, findings } = await expectRoster(context, path);
  await expectSettledProfile(context);
  const { finishOffboardings } = await import("../../people/finish-offboarding");
  const { accountOpener } = await import("../../live/open-account");
  const { seen, failures } = await finishOffboardings(
    { accounts: [roster.userAccount, ...roster.accounts], now: context.now, dryRun },
    {
      open: accountOpener("rolecall-offboard"),
      reading: (account) => context.stderr(`reading the roles of ${account}\n`),
    },
  );
  const isDone = seen.every(({ outcome }) => outcome === "removed");
  return {
    exit: failures.length > 0 ? 2 : isDone ? 0 : 1,
    findings,
    data: { finish: true, dryRun, seen, failures },
    text: seen.length === 0 ? noneText(failures.length) : seen.map(lineOf).join(""),
    talk: failures,
  };
}

/** An account that was not read may have some. */
function noneText(unread: number): string {
  return unread === 0
    ? "no offboarding left a denial of sessions\n"
    : `${countOf(unread, "account was", "accounts were")} not read; the others have no denial of sessions\n`;
}

function lineOf({ account, role, policy, outcome, ends }: LeftDenial): string {
  const why = {
    removed: "removed: no session it denied can still be valid",
    "would be removed": "would be removed: no session it denied can still be valid",
    "too early": `stays until ${ends}: sessions it denies may be valid until then; run this again after that`,
    "not ours": "stays: its content is not what an offboarding writes; check it by hand",
  }[outcome];
  return `${account}: ${role}: ${policy} ${why}\n`;
}
