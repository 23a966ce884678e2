import { count } from "../../words";
import { accountColour } from "./account-colour";
import type { StyleRequest, Styled } from "./request";
import { commentsOf } from "./role-settings";
import { renderSections } from "./section";
import { roleNameWithPath } from "./switch-role-link";

/**
 * Text for the browser extension AWS Extend Switch Roles, in its simple form: all roles are always listed. A role with a path is
 * written with it. Sources: tilfinltd/aws-extend-switch-roles, README "Configuration"; tilfinltd/aesr-config, src/config-loader.ts
 * (read 2026-11).
 */
export function extendSwitchRoles({ profiles }: StyleRequest): Styled<string> {
  const sections = profiles
    .filter(({ short }) => !short)
    .map(({ name, role }) => ({
      header: name,
      comments: commentsOf(role),
      settings: [
        ["aws_account_id", role.accountId],
        ["role_name", roleNameWithPath(role)],
        ["region", role.region],
        ["color", accountColour(role)],
      ] as const,
    }));
  const tooMany =
    sections.length > MOST_PROFILES
      ? [
          `these are ${count(sections.length)} profiles, and the extension keeps at most ${MOST_PROFILES}; leave some out, or use style bookmarks`,
        ]
      : [];
  return { made: renderSections(sections), notes: ["paste it into the extension: Configure, then Save", ...tooMany] };
}

/** Source: tilfinltd/aws-extend-switch-roles, issues 242 and 270 (read 2026-11). */
const MOST_PROFILES = 200;
