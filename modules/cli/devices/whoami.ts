import { Option } from "@commander-js/extra-typings";
import { type Caller, describeCaller } from "../../client/caller";
import type { PersonRole } from "../../client/person-roles";
import { type Identity, identify, promiseOf, timeLeft } from "../../client/whoami";
import type { Finding } from "../../finding";
import type { Context } from "../../machine/context";
import { Refusal } from "../../refusal";
import type { Roster } from "../../roster/roster";
import { quote } from "../../text";
import { day, duration } from "../../words";
import { define } from "../command";
import { jsonFlag, rosterFlag } from "../flags";
import { homeRegion } from "../roster/home-region";
import { readRoster, UNREADABLE } from "../roster/read-roster";
import { expectSettledProfile } from "./expect-settled";

/** Who these credentials are, how long, and what the roster lets that person take. Exit 0, 2 when it could not tell. */
export const whoami = define(
  {
    name: "whoami",
    about: "who these credentials are, how long, and which roles the roster lets that person take",
    usage: (command) =>
      command
        .addOption(new Option("--profile <name>", "whose credentials (default: those the AWS client would use)"))
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  async (context, options) => {
    const standing = await standingOf(context, options);
    const { value, ...roster } = await rosterOf(context, options.roster);
    const identity = value === undefined ? undefined : identify(standing.caller, value, context.now);
    const text = `${asText(standing, identity, context.now).join("\n")}\n`;
    return { ...roster, data: asData(standing, identity), text };
  },
);

/** What AWS and the credentials say. */
interface Standing {
  readonly caller: Caller;
  /** Temporary credentials end, keys do not. */
  readonly temporary: boolean;
  /** Absent where the source of the credentials did not say. */
  readonly expires?: Date | undefined;
}

interface Whose {
  readonly profile?: string | undefined;
  readonly roster?: string | undefined;
}

async function standingOf(context: Context, { profile, roster }: Whose): Promise<Standing> {
  const { callerOf, credentialsOf } = await import("../../live/own-user");
  const { env } = context;
  if (profile === undefined && env["AWS_PROFILE"] && env["AWS_ACCESS_KEY_ID"] && env["AWS_SECRET_ACCESS_KEY"])
    throw new Refusal(
      `AWS_PROFILE and keys are both set: the aws client and Terraform take the keys, the JavaScript SDK the profile ${quote(env["AWS_PROFILE"])}; unset one, or ask about the profile with --profile`,
    );
  const credentials = await expectSettledProfile(context, profile);
  const { configuredRegion } = await import("../../live/clients");
  const profileRegion = await configuredRegion(profile);
  const source = {
    region: await homeRegion(context, { profileRegion, roster }),
    ...(profile === undefined ? {} : { profile }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  const { sessionToken, expiration } = await credentialsOf(source);
  const expires = expiration ?? dateOf(context.env["AWS_CREDENTIAL_EXPIRATION"]);
  const caller = await callerOf(source);
  const temporary = sessionToken !== undefined;
  return { caller, temporary, expires: temporary ? expires : undefined };
}

/** As `aws configure export-credentials --format env` sets it. */
function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}

interface FoundRoster {
  readonly value?: Roster | undefined;
  readonly exit: 0 | 2;
  readonly findings: readonly Finding[];
  readonly talk?: readonly string[];
}

/** Without a roster there is still who one is; one that was asked for and cannot be read, or has errors, leaves a gap. */
async function rosterOf(context: Context, path: string | undefined): Promise<FoundRoster> {
  const roster = await readRoster(context, path);
  if (roster.ok) return { value: roster.value, exit: 0, findings: [] };
  const missing = roster.findings.every(({ code }) => code === UNREADABLE) && path === undefined;
  if (!missing) return { exit: 2, findings: roster.findings };
  return {
    exit: 0,
    findings: [],
    talk: ["there is no roster here, so the person's roles are not shown; name one with --roster"],
  };
}

function asData({ caller, temporary, expires }: Standing, identity: Identity | undefined): object {
  return { caller, temporary, expires: expires?.toISOString(), identity };
}

function asText(
  { caller, temporary, expires }: Standing,
  identity: Identity | undefined,
  now: Date,
): readonly string[] {
  const where = identity?.account === undefined ? "" : `, account ${identity.account}`;
  const lines = [`${describeCaller(caller)}${where}`, `  ${caller.arn}`];
  if (!temporary) lines.push("  with access keys only: no MFA, so taking a role asks for a code first");
  else if (expires === undefined) lines.push("  with a session; when it ends is not known");
  else
    lines.push(
      `  with a session that ends ${timeLeft(expires, now)}, at ${expires.toISOString().slice(0, 16).replace("T", " ")} UTC`,
    );
  if (identity === undefined) return lines;
  if (identity.tier !== undefined) lines.push(`  as ${identity.tier}: ${promiseOf(identity.tier)}`);
  if (identity.person === undefined) return [...lines, "  not a person of this roster"];
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
