import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Runs in front of the emulator and counts what passes, by AWS action. */
export interface CountingProxy {
  readonly url: string;
  /** Counts since the last call, by action, and starts again at none. */
  readonly take: () => ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
}

/** Starts a proxy to `target` on a free loopback port. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const agent = new Agent({ keepAlive: true });
  let counts = new Map<string, number>();
  const server = createServer((incoming, response) => {
    readBody(incoming).then(
      (body) => {
        const action = new URLSearchParams(body.toString("utf8")).get("Action") ?? `${incoming.method} ${incoming.url}`;
        counts.set(action, (counts.get(action) ?? 0) + 1);
        forward(target, agent, incoming, body, response);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = counts;
      counts = new Map();
      return taken;
    },
    stop: () => {
      agent.destroy();
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Headers pass as they are: the emulator tells accounts apart by the key in the signature. */
function forward(
  target: string,
  agent: Agent,
  incoming: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const { method, url, headers } = incoming;
  const outgoing = request(new URL(url ?? "/", target), { method, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on("error", () => response.destroy());
  outgoing.end(body);
}
