import { userArn } from "../../../iam/arn";
import { supportedPartition } from "../../../iam/partition";
import type { StyleRequest, Styled } from "../request";
import { CHAINED_SECONDS, commentsOf, roleSettings } from "../role-settings";
import { profileSection, type Section } from "../section";

/**
 * No access keys: `aws login` signs in with the browser, and a second profile hands its credentials on, because not every SDK
 * takes a login profile as a source. Sources: AWS CLI User Guide, "Login for AWS local development using console credentials"
 * (`login_session`, version 2.32.0); AWS CLI reference, "configure export-credentials"; aws-sdk-go-v2 issue 3446.
 */
export function loginStyle(request: StyleRequest): Styled<readonly Section[]> {
  const { person, userAccountId, region, prefix } = request;
  const partition = supportedPartition(region);
  const login = `${prefix}rolecall-login`;
  const bridge = `${prefix}rolecall-bridge`;
  const base = [
    profileSection(
      login,
      [`sign in with: aws login --profile ${login}`],
      [
        ["region", region],
        ["login_session", userArn({ partition, id: userAccountId }, "/", person)],
      ],
    ),
    profileSection(
      bridge,
      ["the same credentials for SDKs that cannot use a login profile as a source"],
      [
        ["region", region],
        ["credential_process", `aws configure export-credentials --profile ${login} --format process`],
      ],
    ),
  ];
  const roles = request.profiles.map(({ name, role }) =>
    profileSection(name, commentsOf(role), roleSettings(request, role, bridge, CHAINED_SECONDS)),
  );
  const notes = [
    `first: aws login --profile ${login} (AWS CLI 2.32.0 or newer)`,
    "AWS does not document whether the MFA of that sign-in counts for taking roles; if roles are refused, use style session",
    ...(partition === "aws"
      ? []
      : [`AWS does not document whether aws login works in the partition ${partition}; if not, use style session`]),
  ];
  return { made: [...base, ...roles], notes };
}
