import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One call that the fake got. */
export interface Call {
  readonly action: string;
  readonly parameters: URLSearchParams;
  /** Access key that signed it; signatures are not checked. */
  readonly key: string;
  /** URL with query, for looking for secrets in it. */
  readonly url: string;
}

/** What to answer instead: an AWS error, or a whole answer of any kind. */
export type Instead =
  | { readonly error: string; readonly message: string; readonly status?: number }
  | { readonly status: number; readonly body: string | Buffer };

export interface FakeSts {
  readonly url: string;
  readonly calls: readonly Call[];
  readonly count: (action: string) => number;
  /** Codes that open a session; each is taken once. */
  readonly codes: Set<string>;
  /** Serials of the user's devices. */
  devices: readonly string[];
  user: string;
  account: string;
  /** Answers to an action other than the right one; asked at each call. */
  instead: (call: Call) => Instead | undefined;
  /** Milliseconds that the fake's clock is ahead. */
  ahead: number;
  /** Milliseconds before each answer. */
  delay: number;
  readonly stop: () => Promise<void>;
}

/**
 * A stand-in for STS, ListMFADevices and the sign-in endpoint, on this machine's loopback, for what the emulator cannot do: it
 * takes any MFA code, counts no calls, and refuses nothing. Secrets it gives out contain `SECRET`.
 */
export async function startFakeSts(): Promise<FakeSts> {
  const calls: Call[] = [];
  const server = createServer((request, response) => void answer(fake, calls, request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const fake: FakeSts = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    count: (action) => calls.filter((call) => call.action === action).length,
    codes: new Set(["111111"]),
    devices: ["arn:aws:iam::111111111111:mfa/dev.one@example.org"],
    user: "dev.one@example.org",
    account: "111111111111",
    instead: () => undefined,
    ahead: 0,
    delay: 0,
    stop: () => close(server),
  };
  return fake;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}

async function answer(fake: FakeSts, calls: Call[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = request.url ?? "";
  const parameters = new URLSearchParams(Buffer.concat(chunks).toString());
  const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const call: Call = { action: parameters.get("Action") ?? "", parameters, key, url };
  calls.push(call);
  if (fake.delay > 0) await new Promise((wake) => setTimeout(wake, fake.delay));
  response.setHeader("Date", new Date(Date.now() + fake.ahead).toUTCString());
  const instead = fake.instead(call);
  const { status, body } = instead === undefined ? rightAnswer(fake, call, calls.length) : rendered(instead);
  response.writeHead(status, { "Content-Type": call.action === "getSigninToken" ? "application/json" : "text/xml" });
  response.end(body);
}

function rendered(instead: Instead): { readonly status: number; readonly body: string | Buffer } {
  return "body" in instead ? instead : failure(instead.error, instead.message, instead.status);
}

function failure(code: string, message: string, status = 403) {
  const text = message.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${text}</Message></Error>`;
  return { status, body: `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>` };
}

function rightAnswer(fake: FakeSts, { action, parameters }: Call, serial: number) {
  const seconds = Number(parameters.get("DurationSeconds") ?? (action === "AssumeRole" ? 3600 : 43200));
  const keys = credentials(fake, serial, seconds);
  switch (action) {
    case "GetCallerIdentity":
      return result(
        action,
        `<Arn>arn:aws:iam::${fake.account}:user/${fake.user}</Arn><Account>${fake.account}</Account>`,
      );
    case "ListMFADevices":
      return result(
        action,
        `<IsTruncated>false</IsTruncated><MFADevices>${fake.devices.map((serial) => device(serial, parameters)).join("")}</MFADevices>`,
      );
    case "GetSessionToken":
      if (!fake.codes.delete(parameters.get("TokenCode") ?? ""))
        return failure("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ");
      return result(action, keys);
    case "AssumeRole":
      return result(action, `${keys}${taken(parameters)}`);
    case "getSigninToken":
      return { status: 200, body: JSON.stringify({ SigninToken: "SECRETsignin" }) };
    default:
      return failure("InvalidAction", action, 400);
  }
}

function device(serial: string, asked: URLSearchParams): string {
  return `<member><SerialNumber>${serial}</SerialNumber><UserName>${asked.get("UserName")}</UserName><EnableDate>2026-01-01T00:00:00Z</EnableDate></member>`;
}

function taken(asked: URLSearchParams): string {
  const [, account, role] = /^arn:aws:iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(asked.get("RoleArn") ?? "") ?? [];
  const session = asked.get("RoleSessionName");
  const arn = `arn:aws:sts::${account}:assumed-role/${role}/${session}`;
  return `<AssumedRoleUser><AssumedRoleId>AROAFAKE:${session}</AssumedRoleId><Arn>${arn}</Arn></AssumedRoleUser>`;
}

function credentials({ ahead }: FakeSts, serial: number, seconds: number): string {
  const end = new Date(Date.now() + ahead + seconds * 1000).toISOString();
  const id = `ASIAFAKE${String(serial).padStart(12, "0")}`;
  return `<Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>SECRETkey${serial}</SecretAccessKey><SessionToken>SECRETtoken${serial}/+=</SessionToken><Expiration>${end}</Expiration></Credentials>`;
}

function result(action: string, inner: string) {
  const body = `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${inner}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, body };
}
