import type { StyleRequest, Styled } from "../request";
import { commentsOf } from "../role-settings";
import type { Section } from "../section";

/**
 * awsu reads section names as they are, without `profile `, and of a role its ARN, serial and source. Sources: kreuzwerker/awsu,
 * README "Usage", config/profiles.go, config/profile.go, strategy/assume_role.go; issue 22 (read 2026-11).
 */
export function awsuStyle({
  profiles,
  sourceProfile = "default",
  mfaSerial,
}: StyleRequest): Styled<readonly Section[]> {
  const sections = profiles.map(({ name, role }) => ({
    header: name,
    comments: commentsOf(role),
    settings: [
      ["role_arn", role.roleArn],
      ["source_profile", sourceProfile],
      ["mfa_serial", mfaSerial],
    ] as const,
  }));
  const notes = [
    "awsu names sessions itself (awsu-...), and the roles' trust wants your own name: AWS refuses them as the roles are; use style session",
  ];
  return { made: sections, notes };
}
