import { compose } from "../../client/profiles/compose";
import { jsonText } from "../json-text";
import { profilesOf } from "../../client/profiles/profile";
import { STYLES } from "../../client/profiles/styles";
import { personRoles } from "../../client/person-roles";
import { formatFinding } from "../../finding";
import type { Roster } from "../../roster/roster";
import type { Context } from "../../machine/context";
import { orExplain } from "../or-explain";
import { configPath } from "../devices/aws-files";
import { dataOf, type Given, type ProfilesOptions } from "./profiles-given";
import { invocation, rosterPath } from "./profiles-invocation";
import { findPerson } from "./profiles-person";
import { type AskSerial, askOnTerminal, chooseSerial } from "./profiles-serial";
import { undoProfiles, writeProfiles } from "./profiles-write";
import { readRoster } from "../roster/read-roster";
import { Refusal } from "../../refusal";

/**
 * A person's profiles for exactly the roles they may take now. Exit 0 printed or written; 1 when `--dry-run` shows a change;
 * 2 when the roster, the person, an option or the file stands in the way: then nothing was written.
 */
export async function profiles(
  context: Context,
  person: string | undefined,
  options: ProfilesOptions,
  ask: AskSerial = askOnTerminal,
): Promise<number> {
  return orExplain(context, async () => {
    checkOptions(person, options);
    const path = configPath(context, options.file);
    if (options.undo) return undoProfiles(context, path, options);
    const roster = await readRoster(context, options.roster);
    for (const finding of roster.findings) context.stderr(`${formatFinding(finding)}\n`);
    if (!roster.ok) {
      const { findings } = roster;
      if (options.json) context.stdout(jsonText("profiles", { ok: false, findings }));
      return 2;
    }
    const whose = await findPerson(context, roster.value, person, options.sourceProfile);
    const given = await giveProfiles(context, roster.value, whose, options, ask);
    for (const note of given.notes) context.stderr(`note: ${note}\n`);
    if (options.write) return writeProfiles(context, path, given, options);
    if (options.json) context.stdout(jsonText("profiles", dataOf(given)));
    else context.stdout(given.text);
    return 0;
  });
}

function checkOptions(person: string | undefined, { style, write, undo, dryRun, file }: ProfilesOptions): void {
  if (undo && (write || person !== undefined))
    throw new Refusal("--undo takes away what is in the file, whoever it is for; leave the person and --write out");
  if (write && STYLES[style].kind === "text")
    throw new Refusal(
      `style ${style} is no AWS config file; send the output where it belongs, such as: > ${style}.${style === "bookmarks" ? "html" : "txt"}`,
    );
  if (!write && !undo && dryRun)
    throw new Refusal("--dry-run goes with --write or --undo; printing changes nothing anyway");
  if (!write && !undo && file !== undefined)
    throw new Refusal("--file goes with --write or --undo; or send the output there");
}

async function giveProfiles(
  context: Context,
  roster: Roster,
  person: string,
  options: ProfilesOptions,
  ask: AskSerial,
): Promise<Given> {
  const roles = personRoles(roster, person, context.now) ?? [];
  const { style, prefix, sourceProfile } = options;
  const owner = { person, organization: roster.organization };
  if (roles.length === 0) {
    const notes = [`${person} may take no role today`];
    return { owner, style, profiles: [], text: "", names: [], notes };
  }
  const { userAccount } = roster;
  const { id: userAccountId, region } = userAccount;
  const made = profilesOf(roles, prefix);
  const mfaSerial = await chooseSerial(context, { owner, userAccount, ...options }, ask);
  const composed = compose(style, {
    person,
    userAccountId,
    region,
    profiles: made,
    prefix,
    ...(sourceProfile === undefined ? {} : { sourceProfile }),
    mfaSerial,
    invocation: invocation(context),
    rosterPath: rosterPath(context, options.roster),
  });
  return { owner, style, profiles: made, ...composed };
}
