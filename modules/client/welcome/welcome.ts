import type { AccountRef } from "../../iam/arn";
import { partition as partitionOf } from "../../iam/partition";
import type { Roster } from "../../roster/roster";
import { type PersonRole, personRoles } from "../person-roles";
import { shellWord } from "../shell-word";
import { switchRoleLink } from "../profiles/switch-role-link";
import { FIRST_STEPS, type StepLine } from "./first-steps";
import { day, duration } from "../../words";

/** How a file is known to be a welcome page. */
export const WELCOME_MARK = "<!-- rolecall-welcome:v1 -->";

/** Everything a welcome page says, before it is HTML or Markdown. No secret, no date but those of grants. */
export interface Welcome {
  readonly organization: string;
  readonly person: string;
  readonly signInUrl: string;
  readonly steps: readonly WelcomeStep[];
  readonly reach: readonly WelcomeRole[];
  /** Who helps. */
  readonly contact: string;
}

export interface WelcomeStep {
  readonly title: string;
  readonly lines: readonly StepLine[];
}

/** A role the person may take, and how. */
export interface WelcomeRole {
  readonly account: string;
  readonly accountId: string;
  readonly environment?: string;
  readonly tier: string;
  /** Opens the console as that role. */
  readonly consoleUrl: string;
  readonly command: string;
  /** `at most 1 h; the MFA sign-in no older than 12 h` */
  readonly session: string;
  /** The first moment without it: `2027-01-15, 00:00 UTC`. */
  readonly until?: string;
}

const NOBODY_NAMED = "whoever gave you this page";

export interface WelcomeTexts {
  /** Who helps. @default the person who gave the page */
  readonly contact?: string;
  /** Address of the repository that holds the roster. */
  readonly checkout?: string;
}

/** The page of one person of the roster at `now`; `undefined` for nobody's name. */
export function welcome(
  roster: Roster,
  person: string,
  now: Date,
  { contact = NOBODY_NAMED, checkout }: WelcomeTexts = {},
): Welcome | undefined {
  const roles = personRoles(roster, person, now);
  if (roles === undefined) return undefined;
  const signInUrl = signInAddress(roster.userAccount);
  const reach = roles.map(reachOf);
  const execCommand = reach.at(-1)?.command;
  const newcomer = {
    person,
    signInUrl,
    profilesCommand: `rolecall profiles ${shellWord(person)} --write`,
    ...(execCommand === undefined ? {} : { execCommand }),
    ...(checkout === undefined ? {} : { checkout }),
  };
  const steps = FIRST_STEPS.map(({ title, lines }) => ({ title, lines: lines(newcomer) }));
  return { organization: roster.organization, person, signInUrl, steps, reach, contact };
}

/** By alias where the roster has one. Source: IAM User Guide, "How IAM users sign in to your AWS account" (read 2026-11). */
function signInAddress({ id, partition, alias }: AccountRef & { readonly alias?: string }): string {
  return `https://${encodeURIComponent(alias ?? id)}.${partitionOf(partition).signIn}/console`;
}

function reachOf(role: PersonRole): WelcomeRole {
  const { account, accountId, environment, tier, sessionSeconds, mfaAgeSeconds, until } = role;
  return {
    account,
    accountId,
    ...(environment === undefined ? {} : { environment }),
    tier,
    consoleUrl: switchRoleLink(role, `${account}-${tier}`),
    command: `rolecall exec ${shellWord(account)} ${shellWord(tier)} -- aws sts get-caller-identity`,
    session: `at most ${duration(sessionSeconds)}; MFA sign-in no older than ${duration(mfaAgeSeconds)}`,
    ...(until === undefined ? {} : { until: momentText(until) }),
  };
}

/** `2027-01-15, 00:00 UTC`; a newcomer does not know that a day means its first moment. */
function momentText(until: string): string {
  const text = day(until);
  return text.endsWith(" UTC") ? text : `${text}, 00:00 UTC`;
}
