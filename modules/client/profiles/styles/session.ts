import { quoteWord } from "../quote-word";
import type { StyleRequest, Styled } from "../request";
import { commentsOf } from "../role-settings";
import { profileSection, type Section } from "../section";

/**
 * Rolecall gives the credentials: one MFA code, then every role. Works for all that reads `credential_process`. Source: AWS SDKs
 * and Tools Reference Guide, "Process credential provider".
 */
export function sessionStyle(request: StyleRequest): Styled<readonly Section[]> {
  const { person, rosterPath, sourceProfile, mfaSerial } = request;
  // With `=`: a name may begin with a hyphen.
  // The last word is always plain: Terraform takes quotes at both ends of a value off.
  const options = [
    `--roster=${rosterPath}`,
    `--person=${person}`,
    ...(sourceProfile === undefined ? [] : [`--source-profile=${sourceProfile}`]),
    ...(mfaSerial === "" ? [] : [`--mfa-serial=${mfaSerial}`]),
  ];
  const sections = request.profiles.map(({ name, role, roleKey }) =>
    profileSection(name, commentsOf(role), [
      ["region", role.region],
      ["credential_process", [...request.invocation, "credentials", roleKey, ...options].map(quoteWord).join(" ")],
    ]),
  );
  return { made: sections, notes: [] };
}
