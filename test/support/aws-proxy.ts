import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * What a proxy does with one request: passes it on, answers an error of AWS's, passes it on and loses the answer, or answers a
 * portal's page, with (`spoil`) or without (`page`) passing it on.
 */
export type Fate = "pass" | "lose" | "page" | "spoil" | { readonly status: number; readonly code: string };

const PAGE = "<html><body>sign in to the network</body></html>";

export interface AwsProxy {
  readonly url: string;
  /** Every action since the last call, in order. */
  readonly take: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Stands in front of the emulator, for what the emulator cannot do: refusals, throttling and lost answers. */
export async function startAwsProxy(target: string, fateOf: (body: URLSearchParams) => Fate): Promise<AwsProxy> {
  let seen: string[] = [];
  const server = createServer(async (incoming, response) => {
    const body = await readBody(incoming);
    const asked = new URLSearchParams(body.toString());
    seen.push(asked.get("Action") ?? "");
    const fate = fateOf(asked);
    if (typeof fate === "object") return refuse(response, fate);
    if (fate === "page") return sendPage(response);
    const { method, url, headers } = incoming;
    const outgoing = request(new URL(url ?? "/", target), { method, headers }, (answer) => {
      if (fate === "lose") return void answer.resume().on("end", () => response.destroy());
      if (fate === "spoil") return void answer.resume().on("end", () => sendPage(response));
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on("error", () => response.destroy());
    outgoing.end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = seen;
      seen = [];
      return taken;
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function sendPage(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/html" });
  response.end(PAGE);
}

function refuse(response: ServerResponse, { status, code }: { readonly status: number; readonly code: string }): void {
  response.writeHead(status, { "content-type": "text/xml" });
  response.end(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  );
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
