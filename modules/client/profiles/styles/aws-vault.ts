import type { StyleRequest, Styled } from "../request";
import { CHAINED_SECONDS, commentsOf, roleSettings } from "../role-settings";
import { profileSection, type Section } from "../section";

/** How long aws-vault keeps an MFA session when roles are taken with it. Source: ByteNess/aws-vault, docs "Config", AWS_CHAINED_SESSION_TOKEN_TTL. */
const KEPT_SECONDS = 8 * 3600;

/**
 * aws-vault keeps the keys and shares one MFA session among profiles with the same `mfa_serial`, the source included. The serial
 * is in every profile instead of coming through `include_profile`, which the aws client does not know. Source:
 * ByteNess/aws-vault, docs "MFA", "Config" and "Typical use-cases" (read 2026-11).
 */
export function awsVaultStyle(request: StyleRequest): Styled<readonly Section[]> {
  const { sourceProfile = `${request.prefix}rolecall`, mfaSerial, region, profiles } = request;
  const source = profileSection(
    sourceProfile,
    [`your own keys: aws-vault add ${sourceProfile}`],
    [
      ["region", region],
      ["mfa_serial", mfaSerial],
    ],
  );
  const roles = profiles.map(({ name, role }) =>
    profileSection(name, commentsOf(role), [
      ...roleSettings(request, role, sourceProfile, CHAINED_SECONDS),
      ["mfa_serial", mfaSerial],
    ]),
  );
  return { made: [source, ...roles], notes: [`first: aws-vault add ${sourceProfile}`, ...ageNote(request)] };
}

/** A session that is kept longer than a role's MFA age is refused without a new code being asked for. */
function ageNote({ profiles }: StyleRequest): readonly string[] {
  const shortest = Math.min(...profiles.map(({ role }) => role.mfaAgeSeconds));
  if (shortest >= KEPT_SECONDS) return [];
  const names = profiles.filter(({ role }) => role.mfaAgeSeconds === shortest).map(({ name }) => name);
  return [
    `${names.join(", ")} wants MFA at most ${shortest / 60} minutes old, and aws-vault keeps a session for 8 h: export AWS_CHAINED_SESSION_TOKEN_TTL=${shortest / 60}m`,
  ];
}
