import { type Caller, describeCaller } from "../../client/caller";
import { jsonText } from "../json-text";
import { type Identity, identify, promiseOf, timeLeft } from "../../client/whoami";
import type { PersonRole } from "../../client/person-roles";
import { formatFinding } from "../../finding";
import type { Roster } from "../../roster/roster";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { orExplain } from "../or-explain";
import { expectSettledProfile } from "./expect-settled";
import { homeRegion } from "../roster/home-region";
import { readRoster, UNREADABLE } from "../roster/read-roster";
import { day, duration } from "../../words";

export interface WhoamiOptions {
  /** @default what the aws client would take */
  readonly profile?: string;
  readonly roster?: string;
  readonly json: boolean;
}

/** What AWS and the credentials tell. */
interface Standing {
  readonly caller: Caller;
  /** Temporary credentials end, keys do not. */
  readonly temporary: boolean;
  /** Absent where whoever gave the credentials did not say. */
  readonly expires?: Date;
}

/** Who these credentials are, how long, and what the roster lets that person take. Exit 0, or 2 when it cannot be told. */
export async function whoami(context: Context, options: WhoamiOptions): Promise<number> {
  return orExplain(context, async () => {
    const standing = await standingOf(context, options);
    const roster = await rosterOf(context, options.roster);
    const identity = roster.value === undefined ? undefined : identify(standing.caller, roster.value, context.now);
    if (options.json) context.stdout(jsonText("whoami", asJson(standing, identity)));
    else context.stdout(`${asText(standing, identity, context.now).join("\n")}\n`);
    return roster.code;
  });
}

async function standingOf(context: Context, { profile, roster }: WhoamiOptions): Promise<Standing> {
  const { callerOf, credentialsOf } = await import("../../live/own-user");
  const { env } = context;
  if (profile === undefined && env["AWS_PROFILE"] && env["AWS_ACCESS_KEY_ID"] && env["AWS_SECRET_ACCESS_KEY"])
    throw new Refusal(
      `AWS_PROFILE and keys are both set: the aws client and Terraform take the keys, the JavaScript SDK the profile ${quote(env["AWS_PROFILE"])}; unset one, or ask about the profile with --profile`,
    );
  const credentials = await expectSettledProfile(context, profile);
  const { configuredRegion } = await import("../../live/clients");
  const profileRegion = await configuredRegion(profile);
  const hints = { ...(profileRegion ? { profileRegion } : {}), ...(roster === undefined ? {} : { roster }) };
  const source = {
    region: await homeRegion(context, hints),
    ...(profile === undefined ? {} : { profile }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  const { sessionToken, expiration } = await credentialsOf(source);
  const expires = expiration ?? dateOf(context.env["AWS_CREDENTIAL_EXPIRATION"]);
  const caller = await callerOf(source);
  const temporary = sessionToken !== undefined;
  return { caller, temporary, ...(temporary && expires !== undefined ? { expires } : {}) };
}

/** As `aws configure export-credentials --format env` sets it. */
function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Without a roster there is still who one is; one that was asked for and cannot be read, or has mistakes, leaves a gap. */
async function rosterOf(
  context: Context,
  path: string | undefined,
): Promise<{ readonly value?: Roster; readonly code: 0 | 2 }> {
  const roster = await readRoster(context, path);
  if (roster.ok) return { value: roster.value, code: 0 };
  const missing = roster.findings.every(({ code }) => code === UNREADABLE) && path === undefined;
  if (missing) context.stderr("no roster here: what this person may take is not shown; name one with --roster\n");
  else for (const finding of roster.findings) context.stderr(`${formatFinding(finding)}\n`);
  return { code: missing ? 0 : 2 };
}

function asJson({ caller, temporary, expires }: Standing, identity: Identity | undefined): object {
  const until = expires === undefined ? {} : { expires: expires.toISOString() };
  return { caller, temporary, ...until, ...(identity && { identity }) };
}

function asText(
  { caller, temporary, expires }: Standing,
  identity: Identity | undefined,
  now: Date,
): readonly string[] {
  const where = identity?.account === undefined ? "" : `, account ${identity.account}`;
  const lines = [`${describeCaller(caller)}${where}`, `  ${caller.arn}`];
  if (!temporary) lines.push("  with access keys alone: no MFA, so roles take a code first");
  else if (expires === undefined) lines.push("  with a session; when it ends is not known");
  else
    lines.push(
      `  with a session that ends ${timeLeft(expires, now)}, at ${expires.toISOString().slice(0, 16).replace("T", " ")} UTC`,
    );
  if (identity === undefined) return lines;
  if (identity.tier !== undefined) lines.push(`  as ${identity.tier}: ${promiseOf(identity.tier)}`);
  if (identity.person === undefined) return [...lines, "  nobody of this roster"];
  const name = quote(identity.person);
  if (!identity.known) return [...lines, `  ${name} is not in this roster`];
  if (identity.roles.length === 0) return [...lines, `  ${name} may take no role now`];
  return [...lines, "", `${name} may take`, ...roleLines(identity.roles)];
}

function roleLines(roles: readonly PersonRole[]): readonly string[] {
  const width = (texts: readonly string[]) => Math.max(...texts.map(({ length }) => length));
  const accounts = width(roles.map(({ account }) => account));
  const tiers = width(roles.map(({ tier }) => tier));
  return roles.map(({ account, tier, until, mfaAgeSeconds }) => {
    const end = until === undefined ? "" : `, until ${day(until)}`;
    return `  ${account.padEnd(accounts)}  ${tier.padEnd(tiers)}  MFA not older than ${duration(mfaAgeSeconds)}${end}`;
  });
}
