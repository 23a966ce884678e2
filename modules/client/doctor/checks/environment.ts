import { quote } from "../../../text";
import { type Check, type Diagnosis, fail, ok, warn } from "../check";
import type { DoctorFacts } from "../facts";

/** One way in which variables get in each other's way; nothing found is nothing wrong. */
type Look = (env: DoctorFacts["env"], facts: DoctorFacts) => Diagnosis | undefined;

const LOOKS: readonly Look[] = [
  (env) =>
    has(env, "AWS_ACCESS_KEY_ID") !== has(env, "AWS_SECRET_ACCESS_KEY")
      ? fail("only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set", "unset both, or set both")
      : undefined,
  (env) =>
    has(env, "AWS_SESSION_TOKEN") && !has(env, "AWS_ACCESS_KEY_ID")
      ? warn("AWS_SESSION_TOKEN is set without a key; some clients add it to another key", "unset AWS_SESSION_TOKEN")
      : undefined,
  (env, { now }) => {
    const end = Date.parse(env["AWS_CREDENTIAL_EXPIRATION"] ?? "");
    return end <= now.getTime()
      ? fail(
          `the session in AWS_SESSION_TOKEN ended at ${new Date(end).toISOString()}`,
          "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION",
        )
      : undefined;
  },
  (env) =>
    has(env, "AWS_ACCESS_KEY_ID") && has(env, "AWS_PROFILE")
      ? warn(
          "AWS_ACCESS_KEY_ID and AWS_PROFILE are both set; which one wins differs between clients",
          "unset one of them",
        )
      : undefined,
  (env) =>
    has(env, "AWS_PROFILE") && has(env, "AWS_DEFAULT_PROFILE") && env["AWS_PROFILE"] !== env["AWS_DEFAULT_PROFILE"]
      ? warn("AWS_PROFILE and AWS_DEFAULT_PROFILE name different profiles", "unset AWS_DEFAULT_PROFILE")
      : undefined,
  (env) =>
    has(env, "AWS_WEB_IDENTITY_TOKEN_FILE")
      ? warn("AWS_WEB_IDENTITY_TOKEN_FILE is set, and takes precedence over profiles", "unset it in a person's shell")
      : undefined,
  (env) => {
    const name = ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_IAM"].find((each) => has(env, each));
    return name !== undefined && !has(env, "ROLECALL_SANDBOX")
      ? warn(`${name} sends calls to ${quote(env[name] ?? "")} instead of AWS`, `unset ${name}, unless it is intended`)
      : undefined;
  },
];

function has(env: DoctorFacts["env"], name: string): boolean {
  return (env[name] ?? "") !== "";
}

/** Variables go before files, and stay behind in a shell. */
export const environment: Check = {
  id: "environment",
  examine: (facts) => {
    const found = LOOKS.flatMap((look) => look(facts.env, facts) ?? []);
    if (found.length > 0) return found;
    return [ok(has(facts.env, "ROLECALL_SANDBOX") ? "set for the sandbox" : "no variable interferes")];
  },
};
