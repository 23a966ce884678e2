import type { TemporaryKeys } from "../client/session/ports";
import { Refusal } from "../refusal";
import { quote } from "../text";

const PATIENCE_MS = 15_000;
const MAX_ANSWER_BYTES = 100_000;

/**
 * A token that signs in to the console with these keys. They go in the body of a POST, so that no address holds them; without
 * SessionDuration, which is refused for keys that were taken with a session (role chaining). Sources: IAM User Guide, "Enable
 * custom identity broker access to the AWS console"; that POST is taken: vouch-sh/vouch#240. Throws sentences.
 */
export async function signInToken(endpoint: string, keys: TemporaryKeys): Promise<string> {
  const { accessKeyId: sessionId, secretAccessKey: sessionKey, sessionToken } = keys;
  const body = new URLSearchParams({
    Action: "getSigninToken",
    Session: JSON.stringify({ sessionId, sessionKey, sessionToken }),
  });
  const where = `${endpoint}/federation`;
  // Never followed elsewhere: the body holds the keys.
  const options = { method: "POST", body, redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) } as const;
  const answer = await fetch(where, options).catch((error: unknown) => {
    const reason = error instanceof Error ? (error.cause ?? error) : error;
    throw new Refusal(`${quote(where)} cannot be reached (${quote(String(reason))}); check the network`);
  });
  const text = await shortText(answer);
  const token = answer.ok ? tokenIn(text) : undefined;
  if (token === undefined)
    throw new Refusal(
      `${quote(where)} gives no sign-in token (HTTP ${answer.status}); use the link of rolecall console without --federate`,
    );
  return token;
}

async function shortText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) return "";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function tokenIn(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const token = typeof value === "object" && value !== null && "SigninToken" in value ? value.SigninToken : undefined;
    return typeof token === "string" && /^[\w+/=.~-]{1,20000}$/.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}
