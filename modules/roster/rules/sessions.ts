import { finding, type Rule } from "../rule";

const HOUR = 3600;

/**
 * Session and MFA age are ones AWS can honour. A role session lasts 1 to 12 hours. An MFA sign-in is at most 36 hours old
 * (GetSessionToken) and checking for less than 15 minutes shuts out people who just signed in to the console.
 * Source: STS API Reference, AssumeRole and GetSessionToken.
 */
export const sessions: Rule = ({ tiers }) =>
  tiers.flatMap(({ key, sessionSeconds, mfaAgeSeconds, place }) => {
    const found = [];
    if (sessionSeconds < HOUR || sessionSeconds > 12 * HOUR)
      found.push(
        finding(
          "bad-session",
          place,
          `the session of ${key} is ${sessionSeconds / 60} minutes, and AWS allows a role 60 to 720; change session`,
        ),
      );
    if (mfaAgeSeconds < 900 || mfaAgeSeconds > 36 * HOUR)
      found.push(
        finding(
          "bad-mfa-age",
          place,
          `the MFA age of ${key} is ${mfaAgeSeconds / 60} minutes; give 15 minutes to 36 hours, the life of an MFA session`,
        ),
      );
    else if (mfaAgeSeconds < HOUR)
      found.push(
        finding(
          "mfa-age-below-session",
          place,
          `the MFA age of ${key}, ${mfaAgeSeconds / 60} minutes, is below its session of ${sessionSeconds / 60}: renewing the role takes a new MFA sign-in each time; if that is not intended, raise mfaAge to 1h`,
          "warning",
        ),
      );
    else if (mfaAgeSeconds > 12 * HOUR)
      found.push(
        finding(
          "mfa-age-beyond-console",
          place,
          `the MFA age of ${key}, ${mfaAgeSeconds / 3600} hours, is longer than every console session, which ends after 12; if it is not for the API, lower mfaAge to 12h`,
          "warning",
        ),
      );
    return found;
  });
