import { namesWithin } from "../../../iam/session-names";
import type { Profile } from "../profile";
import type { StyleRequest, Styled } from "../request";
import { commentsOf } from "../role-settings";
import type { Section } from "../section";
import { Refusal } from "../../../refusal";

/** What awsu calls its sessions: `awsu-` and 32 hexadecimal digits. Source: kreuzwerker/awsu, strategy/assume_role.go (read 2026-11). */
const AWSU_NAMES = `awsu-${"?".repeat(32)}`;

/**
 * awsu reads section names as they are, without `profile `, and of a role its ARN, serial and source. It takes the role with a
 * session of its own, for an hour, and names the role's session itself: only tiers that take such names have a profile. Sources:
 * kreuzwerker/awsu, README "Usage", config/profiles.go, config/profile.go, strategy/assume_role.go; issue 22 (read 2026-11).
 */
export function awsuStyle({
  profiles,
  sourceProfile = "default",
  mfaSerial,
}: StyleRequest): Styled<readonly Section[]> {
  const taken = profiles.filter(takesNames);
  const refusal = refusalOf(profiles.filter((profile) => !takesNames(profile)));
  if (taken.length === 0 && refusal !== undefined) throw new Refusal(refusal);
  const sections = taken.map(({ name, role }) => ({
    header: name,
    comments: commentsOf(role),
    settings: [
      ["role_arn", role.roleArn],
      ["source_profile", sourceProfile],
      ["region", role.region],
      ["mfa_serial", mfaSerial],
    ] as const,
  }));
  return { made: sections, notes: refusal === undefined ? [] : [refusal] };
}

function takesNames({ role }: Profile): boolean {
  return namesWithin([AWSU_NAMES], role.sessionNames ?? []);
}

/** Which profiles AWS would refuse, and what to do about it. */
function refusalOf(profiles: readonly Profile[]): string | undefined {
  if (profiles.length === 0) return undefined;
  const names = profiles.map(({ name }) => name).join(", ");
  const tiers = [...new Set(profiles.map(({ role }) => role.tier))];
  const cure = tiers.map((tier) => `${tier}: { sessionNames: ["${AWSU_NAMES}"] }`).join(", ");
  return `left out: ${names}; awsu names its sessions itself, and these roles do not accept such names; use style session, or write tiers: { ${cure} } in the roster and apply it`;
}
