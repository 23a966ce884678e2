import {
  CreateAccessKeyCommand,
  DeleteUserCommand,
  GetUserCommand,
  IAMClient,
  NoSuchEntityException,
} from "@aws-sdk/client-iam";
import type { ServerResponse } from "node:http";
import { type Patience, REAL_TIME } from "../../modules/live/answers/patience";
import { awsProblem } from "../../modules/live/aws-problem";
import { readBack } from "../../modules/live/read-back";
import { AnswerError, ask, openLine, type ClientFacts } from "../../modules/live/send";
import { awsText, type OddServer, refusalText, startOddServer } from "../support/odd-server";

/* Bounds are short here; what is asserted is that a call ends, with what, and how often it was made. */
const SHORT: Patience = { connect: 400, attempt: 400, call: 2_000, client: 60_000, attempts: 3, pause: 5, slowDown: 5 };
const USER = awsText(
  "GetUser",
  "<User><Path>/</Path><UserName>ann</UserName><UserId>AIDA</UserId><Arn>arn:aws:iam::222222222222:user/ann</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></User>",
);
let server: OddServer;

beforeAll(async () => {
  server = await startOddServer();
});
afterAll(() => server.stop());
beforeEach(() => server.forget());

function client(line: ClientFacts = {}, config: object = {}): IAMClient {
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const bounds = { maxAttempts: 1, requestHandler: { connectionTimeout: SHORT.connect } };
  const made = new IAMClient({ endpoint: server.url, region: "eu-central-1", credentials, ...bounds, ...config });
  return openLine(made, { where: "testing (222222222222)", patience: SHORT, ...line });
}

const getUser = () => new GetUserCommand({ UserName: "ann" });
const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => new Error("it was answered"),
    (error: unknown) => error as Error,
  );
const end = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}) => {
  response.writeHead(status, { "content-type": "text/xml", ...headers });
  response.end(body);
};

function drip(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/xml" });
  const timer = setInterval(() => response.write("<"), 20);
  response.on("close", () => clearInterval(timer));
}

const SILENT: readonly (readonly [string, (response: ServerResponse) => void, RegExp])[] = [
  ["accepts and says nothing", () => undefined, /no answer, 3 attempts in \d+ s; check the network/],
  ["sends headers and nothing else", (response) => response.writeHead(200).flushHeaders(), /no answer, 3 attempts/],
  ["sends a byte now and then, for ever", drip, /no answer, 3 attempts/],
  ["closes the connection", (response) => response.destroy(), /AWS cannot be reached \(.*\), 3 attempts/],
  [
    "breaks off in the middle",
    (response) => {
      response.writeHead(200, { "content-length": "5000" });
      response.write(USER.slice(0, 50), () => response.destroy());
    },
    /AWS cannot be reached \(.*\), 3 attempts/,
  ],
  ["always asks to slow down", (r) => end(r, 400, refusalText("Throttling")), /AWS throttles requests, 3 attempts/],
  ["always fails", (r) => end(r, 500, refusalText("InternalFailure")), /AWS answers HTTP 500, 3 attempts/],
  ["is a gateway whose server is away", (r) => end(r, 502, "<html/>"), /not AWS's \(HTTP 502, an HTML page\)/],
];

test.each(SILENT)("a server that %s: the call ends, and says so", async (_name, answer, says) => {
  server.answer = answer;
  const error = await failureOf(ask(client(), getUser()));
  expect(error).toBeInstanceOf(AnswerError);
  expect(error.message).toMatch(says);
  expect(error.message).toMatch(/^GetUser in testing \(222222222222\): /);
  expect(server.asked).toHaveLength(SHORT.attempts);
});

test.each(SILENT.slice(0, 5))("a server that %s: what would be made twice is asked once", async (_name, answer) => {
  server.answer = answer;
  const error = await failureOf(ask(client(), new CreateAccessKeyCommand({ UserName: "ann" })));
  expect(error.message).toMatch(/Whether CreateAccessKey was carried out is not known$/);
  expect(server.asked).toHaveLength(1);
});

test("what was lost once is asked again, and answered", async () => {
  server.answer = (response) => (server.asked.length < 3 ? response.destroy() : end(response, 200, USER));
  expect((await ask(client(), getUser())).User?.UserName).toBe("ann");
});

test("attempts do not dry up over many calls, as the SDK's own do", async () => {
  const iam = client();
  server.answer = (response) =>
    server.asked.length % 2 === 1 ? end(response, 503, refusalText("ServiceUnavailable")) : end(response, 200, USER);
  for (let call = 0; call < 120; call++) await ask(iam, getUser());
  expect(server.asked).toHaveLength(240);
});

test("a pause that AWS asks for counts, and one beyond the bound ends the call at once", async () => {
  server.answer = (response) => end(response, 503, refusalText("SlowDown"), { "retry-after": "600" });
  expect((await failureOf(ask(client(), getUser()))).message).toMatch(/AWS throttles requests, 1 attempt in/);
  expect(server.asked).toHaveLength(1);
});

test("after one call without an answer the client asks nothing more, and says why", async () => {
  server.answer = () => undefined;
  const iam = client();
  await failureOf(ask(iam, getUser()));
  const before = server.asked.length;
  const error = await failureOf(ask(iam, getUser()));
  expect(error.message).toMatch(/^GetUser in testing .*: not asked, because of GetUser in testing .*no answer/);
  expect(server.asked).toHaveLength(before);
});

test("a client has an end of its own, however well it is answered", async () => {
  let now = 0;
  const iam = client({ timer: { ...REAL_TIME, now: () => now } });
  server.answer = (response) => end(response, 200, USER);
  await ask(iam, getUser());
  now = SHORT.client + 1;
  expect((await failureOf(ask(iam, getUser()))).message).toMatch(/not asked, because 60 s have passed; run this again/);
});

test("credentials that never come: the call ends", async () => {
  const iam = client({}, { credentials: () => new Promise(() => undefined) });
  expect((await failureOf(ask(iam, getUser()))).message).toMatch(/no answer, 3 attempts/);
});

test("an answer without end is broken off", async () => {
  server.answer = (response) => {
    response.writeHead(200);
    const more = () => {
      while (response.write(Buffer.alloc(1_000_000, "<a>")));
    };
    response.on("drain", more);
    more();
  };
  const error = await failureOf(ask(client({ patience: { ...SHORT, attempt: 20_000, call: 25_000 } }), getUser()));
  expect(error.message).toMatch(/the answer is not AWS's \(an answer longer than 20000000 bytes\)/);
});

test("nobody listens: said after the attempts, with the cure", async () => {
  const error = await failureOf(ask(client({}, { endpoint: "http://127.0.0.1:9" }), getUser()));
  expect(error.message).toMatch(/AWS cannot be reached \(ECONNREFUSED\), 3 attempts/);
});

test("TLS that is none is no reason to try again, and the message says where to look", async () => {
  const endpoint = server.url.replace("http:", "https:");
  const error = await failureOf(ask(client({}, { endpoint }), getUser()));
  expect(awsProblem(error)).toMatch(/cannot be trusted .*NODE_EXTRA_CA_CERTS/);
});

test("what AWS refuses stays AWS's error", async () => {
  server.answer = (response) => end(response, 404, refusalText("NoSuchEntity"));
  expect(await failureOf(ask(client(), getUser()))).toBeInstanceOf(NoSuchEntityException);
  expect(server.asked).toHaveLength(1);
});

describe("a change without an answer", () => {
  const remove = (iam: IAMClient) => () => ask(iam, new DeleteUserCommand({ UserName: "ann" }));
  const portal = (response: ServerResponse) => end(response, 200, "<html><body/></html>");

  test("is done when it can be read back", async () => {
    server.answer = portal;
    await readBack(remove(client()), async () => true);
  });

  test.each([
    ["reads back as not done", async () => false],
    ["cannot be read back", () => Promise.reject(new Error("no"))],
  ])("that %s is not known", async (_name, isSo) => {
    server.answer = portal;
    const error = await failureOf(readBack(remove(client()), isSo));
    expect(error.message).toMatch(/DeleteUser .*not AWS's .*Whether DeleteUser was carried out is not known$/);
  });

  test("that AWS refused is refused, whatever is there", async () => {
    server.answer = (response) => end(response, 403, refusalText("AccessDenied"));
    expect((await failureOf(readBack(remove(client()), async () => true))).name).toBe("AccessDenied");
  });
});
