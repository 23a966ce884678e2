import { Refusal } from "../refusal";
import { quote } from "../text";
import { AnswerError } from "./answers/answer-error";
import { networkCode } from "./answers/trouble";

const CURES: Readonly<Record<string, string>> = {
  CredentialsProviderError: "no credentials are set up here: name a profile, or run aws configure",
  InvalidClientTokenId:
    "AWS does not know this access key: it was deleted or made inactive, or a session token is missing",
  SignatureDoesNotMatch: "the secret key does not belong to the access key, or this machine's clock is wrong",
  ExpiredToken: "the session has expired: get a new one",
  ExpiredTokenException: "the session has expired: get a new one",
  RequestExpired: "this machine's clock is wrong: AWS refuses requests that are more than 5 minutes off",
  Throttling: "AWS throttles requests: wait a minute and run this again",
  ThrottlingException: "AWS throttles requests: wait a minute and run this again",
  LimitExceeded: "a quota of the account is reached",
  LimitExceededException: "a quota of the account is reached",
};

/** The name AWS, the SDK or Node gives an error; empty for other things thrown. */
export function errorName(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  return typeof code === "string" ? code : typeof name === "string" ? name : "";
}

/** True when AWS refused for want of rights, whichever service says so. */
export function isDenied(error: unknown): boolean {
  return ["AccessDenied", "AccessDeniedException"].includes(errorName(error));
}

/** True when AWS answered that the keys are none that it takes, or no longer. */
export function isKeyRefused(error: unknown): boolean {
  return /^(InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClientException|SignatureDoesNotMatch|ExpiredToken|ExpiredTokenException)$/.test(
    errorName(error),
  );
}

/** What Node finds wrong with a certificate or with TLS itself. */
const CERTIFICATE = /CERT|^(EPROTO|UNABLE_TO_VERIFY_LEAF_SIGNATURE|ERR_TLS_\w+|ERR_SSL_\w+)$/;

/** Names of errors that the SDK makes itself, without an answer of AWS. */
const OF_THE_SDK = /^(CredentialsProviderError|TokenProviderError|TimeoutError|AbortError)$/;

/** True for what AWS answered, for what the SDK says of the way there, and for a network that does not reach it. */
export function isFromAws(error: unknown): boolean {
  if (error instanceof AnswerError) return true;
  if (typeof error !== "object" || error === null) return false;
  const name = errorName(error);
  return (
    "$fault" in error || "$metadata" in error || OF_THE_SDK.test(name) || isNetworkCode(networkCode(error) || name)
  );
}

const UNREACHABLE = /^(ENOTFOUND|ECONN\w+|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|TimeoutError)$/;

function isNetworkCode(code: string): boolean {
  return UNREACHABLE.test(code) || CERTIFICATE.test(code);
}

/** One line with what to do; AWS's own words are quoted. */
export function awsProblem(error: unknown): string {
  if (error instanceof AnswerError || error instanceof Refusal) return error.message;
  const name = networkCode(error) || errorName(error);
  const message = error instanceof Error ? error.message : String(error);
  if (isDenied(error)) return `AWS refuses: ${quote(message)}`;
  if (UNREACHABLE.test(name)) return `AWS cannot be reached (${name}): check the network, proxy and AWS_ENDPOINT_URL`;
  if (CERTIFICATE.test(name))
    return `the connection to AWS cannot be trusted (${name}: ${quote(message)}): a proxy that inspects TLS needs NODE_EXTRA_CA_CERTS`;
  const cure = CURES[name];
  return cure === undefined ? quote(message) : `${cure} (${quote(message)})`;
}

/** The line of what AWS answered, of the way there, or of a refusal. Anything else is a bug, and is thrown again. */
export function expectedReason(error: unknown): string {
  if (error instanceof Refusal || isFromAws(error)) return awsProblem(error);
  throw error;
}
