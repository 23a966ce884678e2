import {
  CreateLoginProfileCommand,
  EntityAlreadyExistsException,
  type IAMClient,
  IAMServiceException,
  NoSuchEntityException,
  PasswordPolicyViolationException,
  UpdateLoginProfileCommand,
} from "@aws-sdk/client-iam";
import { AnswerError, ask } from "../../live/send";
import { quote } from "../../text";

export type LoginOutcome =
  | { readonly kind: "done" }
  /** Nothing was changed; `reason` is IAM's, quoted. */
  | { readonly kind: "refused"; readonly reason: string }
  /** No answer, or one that fits both: a password that nobody knows may be set. */
  | { readonly kind: "unknown"; readonly reason: string };

/**
 * Sets the person's one-time password, which must be changed at the first sign-in: a new login profile, or with `again` a new
 * password for the one that is there. `done` only when IAM said so.
 */
export async function setOneTimePassword(
  iam: IAMClient,
  person: string,
  password: string,
  again: boolean,
): Promise<LoginOutcome> {
  const input = { UserName: person, Password: password, PasswordResetRequired: true };
  try {
    if (again) await ask(iam, new UpdateLoginProfileCommand(input));
    else await ask(iam, new CreateLoginProfileCommand(input));
    return { kind: "done" };
  } catch (error) {
    return outcomeOf(error);
  }
}

/**
 * A profile that exists by now may be ours: the SDK repeats a call whose answer was lost, and the repetition then finds it.
 * Only what IAM itself refuses for a reason of the request is known not to have happened.
 */
function outcomeOf(error: unknown): LoginOutcome {
  if (error instanceof AnswerError) return { kind: "unknown", reason: error.message };
  const reason = quote(error instanceof Error ? error.message : String(error));
  if (error instanceof EntityAlreadyExistsException)
    return { kind: "unknown", reason: "a login profile exists by now" };
  const refused =
    error instanceof PasswordPolicyViolationException ||
    error instanceof NoSuchEntityException ||
    (error instanceof IAMServiceException && error.$fault === "client" && (error.$metadata.httpStatusCode ?? 0) < 500);
  return { kind: refused ? "refused" : "unknown", reason };
}
