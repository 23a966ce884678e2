import type { StyleRequest, Styled } from "../request";
import { commentsOf, roleSettings } from "../role-settings";
import { profileSection, type Section } from "../section";

/**
 * The aws client takes each role with a code of its own: sessions as long as the tier allows, and one code for each role.
 * Source: AWS CLI User Guide, "Use an IAM role in the AWS CLI".
 */
export function cliStyle(request: StyleRequest): Styled<readonly Section[]> {
  const { sourceProfile = "default", mfaSerial } = request;
  const sections = request.profiles.map(({ name, role }) =>
    profileSection(name, commentsOf(role), [
      ...roleSettings(request, role, sourceProfile, role.sessionSeconds),
      ["mfa_serial", mfaSerial],
    ]),
  );
  const notes = [
    `your own keys must be in the profile ${sourceProfile}; each role asks for a code of its own, which only a client with a terminal can (Terraform and most SDKs cannot: style session)`,
  ];
  return { made: sections, notes };
}
