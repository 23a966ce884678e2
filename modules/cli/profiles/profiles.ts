import { type Command, Option } from "@commander-js/extra-typings";
import { compose } from "../../client/profiles/compose";
import { profilesOf } from "../../client/profiles/profile";
import { STYLE_NAMES } from "../../client/profiles/style-names";
import { STYLES } from "../../client/profiles/styles";
import { personRoles } from "../../client/person-roles";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import type { Roster } from "../../roster/roster";
import type { Answer } from "../answer";
import { define } from "../command";
import { configPath } from "../devices/aws-files";
import { jsonFlag, rosterFlag } from "../flags";
import { expectRoster } from "../roster/read-roster";
import { dataOf, type Given } from "./profiles-given";
import { invocation, rosterPath } from "./profiles-invocation";
import { findPerson } from "./profiles-person";
import { type AskSerial, askOnTerminal, chooseSerial } from "./profiles-serial";
import { undoProfiles, writeProfiles } from "./profiles-write";

const usage = (command: Command) =>
  command
    .argument("[person]")
    .addOption(new Option("--style <style>", "who takes the roles").choices(STYLE_NAMES).default("session" as const))
    .option("--write", "into the AWS config file, as one marked block; every other byte stays")
    .option("--undo", "remove that block again")
    .option("--dry-run", "with --write or --undo: show what would change, exit 1 if anything")
    .option("--file <path>", "config file (default: AWS_CONFIG_FILE, else ~/.aws/config)")
    .option("--prefix <text>", "before every profile's name", "")
    .option("--source-profile <name>", "profile of the person's own keys (default: what the style takes)")
    .option("--mfa-serial <arn>", "the person's MFA device, for styles that name it (default: as before, else asked)")
    .addOption(rosterFlag())
    .addOption(jsonFlag());

export type ProfilesOptions = ReturnType<ReturnType<typeof usage>["opts"]>;

/** Exit 0 printed or written, 1 when `--dry-run` shows a change, 2 when nothing could be made or written. */
export const profiles = define(
  {
    name: "profiles",
    about: "print a person's profiles of the AWS config file, for exactly the roles they may take; or write them",
    schemaVersion: 2,
    usage,
  },
  (context, options, person) => giveProfiles(context, options, person, askOnTerminal),
);

/** A person's profiles for exactly the roles they may take now, printed or written. */
export async function giveProfiles(
  context: Context,
  options: ProfilesOptions,
  person: string | undefined,
  ask: AskSerial,
): Promise<Answer> {
  expectTogether(options, person);
  const path = configPath(context, options.file);
  if (options.undo) return undoProfiles(path, options);
  const { roster, findings } = await expectRoster(context, options.roster);
  const whose = await findPerson(context, roster, person, options.sourceProfile);
  const given = await makeProfiles(context, roster, whose, options, ask);
  const answer = options.write
    ? await writeProfiles(context, path, given, options)
    : { exit: 0, data: dataOf(given), text: given.text };
  const notes = given.notes.map((note) => `note: ${note}`);
  return { ...answer, findings, talk: [...notes, ...(answer.talk ?? [])] };
}

function expectTogether({ style, write, undo, dryRun, file }: ProfilesOptions, person: string | undefined): void {
  if (undo && (write || person !== undefined))
    throw new Refusal("--undo removes the block that is in the file, for any person; leave out the person and --write");
  if (write && STYLES[style].kind === "text")
    throw new Refusal(
      `style ${style} is not an AWS config file; send the output where it belongs, such as: > ${style}.${style === "bookmarks" ? "html" : "txt"}`,
    );
  if (!write && !undo && dryRun) throw new Refusal("--dry-run goes with --write or --undo; printing changes nothing");
  if (!write && !undo && file !== undefined)
    throw new Refusal("--file goes with --write or --undo; or send the output there");
}

async function makeProfiles(
  context: Context,
  roster: Roster,
  person: string,
  { roster: path, ...options }: ProfilesOptions,
  ask: AskSerial,
): Promise<Given> {
  const { style, prefix, sourceProfile } = options;
  const { userAccount, organization } = roster;
  const owner = { person, organization };
  const roles = personRoles(roster, person, context.now) ?? [];
  if (roles.length === 0) {
    const notes = [`${person} may take no role today`];
    return { owner, style, profiles: [], text: "", names: [], notes };
  }
  const made = profilesOf(roles, prefix);
  const composed = compose(style, {
    person,
    userAccountId: userAccount.id,
    region: userAccount.region,
    profiles: made,
    prefix,
    sourceProfile,
    mfaSerial: await chooseSerial(context, { owner, userAccount, ...options }, ask),
    invocation: invocation(context),
    rosterPath: rosterPath(context, path),
  });
  return { owner, style, profiles: made, ...composed };
}
