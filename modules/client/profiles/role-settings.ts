import type { PersonRole } from "../person-roles";
import type { StyleRequest } from "./request";
import type { Section } from "./section";

/** Sessions taken with a session are chained, and end after an hour; asking for more fails. Source: AWS STS API Reference, "AssumeRole". */
export const CHAINED_SECONDS = 3600;

/** What is said above a profile. */
export function commentsOf({ account, tier, environment, until }: PersonRole): readonly string[] {
  const where = environment === undefined || environment === account ? account : `${account} (${environment})`;
  return [`${tier} in ${where}${until === undefined ? "" : `, until ${until}`}`];
}

/** Settings by which a client takes the role itself. Source: AWS CLI User Guide, "Use an IAM role in the AWS CLI". */
export function roleSettings(
  { person }: StyleRequest,
  { roleArn, region }: PersonRole,
  sourceProfile: string,
  durationSeconds: number,
): Section["settings"] {
  return [
    ["region", region],
    ["role_arn", roleArn],
    ["source_profile", sourceProfile],
    ["role_session_name", person],
    ["duration_seconds", String(durationSeconds)],
  ];
}
