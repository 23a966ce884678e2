import type { StyleRequest, Styled } from "../request";
import { commentsOf, roleSettings } from "../role-settings";
import { profileSection, type Section } from "../section";

/**
 * `assume <profile>` takes a role with keys from granted's secure storage. The source is written by granted itself
 * (`granted credentials add`, as `credential_process = granted credential-process --profile=...`), and it refuses a profile that
 * is there already; so it is named here and not written. Source: fwdcloudsec/granted, pkg/granted/credentials.go and
 * pkg/cfaws/assumer_aws_iam.go, session_name.go (read 2026-11).
 */
export function grantedStyle(request: StyleRequest): Styled<readonly Section[]> {
  const { sourceProfile = `${request.prefix}rolecall`, mfaSerial } = request;
  const sections = request.profiles.map(({ name, role }) =>
    profileSection(name, commentsOf(role), [
      ...roleSettings(request, role, sourceProfile, role.sessionSeconds),
      ["mfa_serial", mfaSerial],
    ]),
  );
  const notes = [
    `your own keys: granted credentials add ${sourceProfile} (it writes that profile itself and rewrites the whole file: run it before --write)`,
    "for a profile registry, commit this output as a file named config next to granted.yml: awsConfig: [config]",
  ];
  return { made: sections, notes };
}
