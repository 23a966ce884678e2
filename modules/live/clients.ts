import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import { type ClientFacts, openLine, usualPatience } from "./send";

/** Credentials and places of a client. */
export interface ClientSource extends Pick<ClientFacts, "where" | "accountId"> {
  readonly region: string;
  /** @default AWS's own */
  readonly endpoint?: string;
  /** Its settings (proxy, endpoints) count, whatever AWS_PROFILE says. */
  readonly profile?: string;
  /** @default the SDK's provider chain */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** How far AWS's clock is ahead of this machine's, in milliseconds. */
  readonly systemClockOffset?: number;
}

export function openIam({ where, accountId, ...source }: ClientSource): IAMClient {
  return openLine(new IAMClient({ ...source, ...bounds() }), lineOf(where, accountId));
}

export function openSts({ where, accountId, ...source }: ClientSource): STSClient {
  return openLine(new STSClient({ ...source, ...bounds() }), lineOf(where, accountId));
}

/** The Region that the environment or the profile names, as the SDK finds it; none where neither does. */
export async function configuredRegion(profile: string | undefined): Promise<string | undefined> {
  const sts = new STSClient(profile === undefined ? {} : { profile });
  return sts.config.region().catch(() => undefined);
}

/**
 * Once: `ask` decides on further attempts, with a bound for each call. The SDK has a store of attempts for each client, which
 * dries up over a long reading, and no time limit at all.
 */
function bounds() {
  const { connect, attempt } = usualPatience();
  const requestHandler = { connectionTimeout: connect, requestTimeout: attempt, throwOnRequestTimeout: true };
  return { maxAttempts: 1, requestHandler };
}

function lineOf(where: string | undefined, accountId: string | undefined): ClientFacts {
  return { ...(where === undefined ? {} : { where }), ...(accountId === undefined ? {} : { accountId }) };
}
