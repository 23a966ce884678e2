import { quote } from "../../../text";
import { type Check, ok, unclear, warn } from "../check";
import { isOlder, versionIn } from "../version";

const UPDATE =
  "install version 2 of the aws client, 2.32.0 or newer (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html)";

/** Source: AWS CLI v2 changelog: `aws configure mfa-login` came with 2.30.3, `aws login` with 2.32.0. */
export const awsVersion: Check = {
  id: "aws",
  examine: ({ aws }) => {
    if (aws === undefined) return [ok("no aws client; rolecall exec and the SDKs work without one")];
    const version = versionIn(aws);
    if (version === undefined) return [unclear(`aws --version says ${quote(aws)}`, UPDATE)];
    const text = `aws client ${version.join(".")}`;
    if (version[0] < 2)
      return [warn(`${text}: our profiles work, aws login and aws configure mfa-login do not`, UPDATE)];
    if (isOlder(version, [2, 30, 3]))
      return [warn(`${text}: aws configure mfa-login and aws login are missing`, UPDATE)];
    if (isOlder(version, [2, 32, 0])) return [warn(`${text}: aws login is missing`, UPDATE)];
    return [ok(text)];
  },
};
