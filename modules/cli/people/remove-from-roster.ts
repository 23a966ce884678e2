import type { Context } from "../../machine/context";
import type { OffboardEntry } from "../../people/leaving/record";
import { answerTo } from "../answer";
import { edit } from "../roster/edit-file";
import { readRoster } from "../roster/read-roster";

/** Takes the person out of the roster's file; what the edit says goes to standard error. */
export async function removeFromRoster(
  context: Context,
  person: string,
  roster: string | undefined,
): Promise<OffboardEntry> {
  const what = "remove the person from the roster";
  // Another offboarding of the same person may have been faster.
  const found = await readRoster(context, roster);
  if (found.ok && !found.value.people.some(({ key }) => key === person))
    return { account: "roster", what: "the person is no longer in the roster" };
  const change = { kind: "remove-person", person } as const;
  const { exit, text = "", talk = [] } = await edit(context, change, { dryRun: false, roster }).catch(answerTo);
  context.stderr(`${text}${talk.join("\n")}\n`);
  return { account: "roster", what, failure: exit === 0 ? undefined : "see above; remove the person by hand" };
}
