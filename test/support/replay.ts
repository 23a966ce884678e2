import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer other than the recorded one. */
export interface Instead {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

export interface Replay {
  readonly url: string;
  /** Actions asked for since the last call, each once. */
  readonly take: () => readonly string[];
  /** Answers to an action other than the recorded ones. */
  instead: (asked: URLSearchParams) => Instead | undefined;
  readonly stop: () => Promise<void>;
}

interface Recorded {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

/**
 * Stands in front of the emulator, and asks it everything once: the same question of the same caller gets the same answer again.
 * For commands that only read, which then run in no time.
 */
export async function startReplay(target: string): Promise<Replay> {
  const recorded = new Map<string, Promise<Recorded>>();
  const seen = new Set<string>();
  const server = createServer(async (incoming, response) => {
    const body = await readAll(incoming);
    const asked = new URLSearchParams(body.toString());
    seen.add(asked.get("Action") ?? "");
    const instead = replay.instead(asked);
    if (instead !== undefined) return answer(response, instead.status, instead.type ?? "text/xml", instead.body);
    const caller = /Credential=([^/]+)\//.exec(incoming.headers.authorization ?? "")?.[1] ?? "";
    const key = `${caller} ${body}`;
    const known = recorded.get(key) ?? passOn(target, incoming, body);
    // Asked until it is ready.
    if (asked.get("Action") !== "GenerateCredentialReport") recorded.set(key, known);
    const { status, type, body: text } = await known;
    answer(response, status, type, text);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const replay: Replay = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const actions = [...seen].sort();
      seen.clear();
      return actions;
    },
    instead: () => undefined,
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
  return replay;
}

function answer(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { "content-type": type });
  response.end(body);
}

function passOn(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Recorded> {
  return new Promise((done, fail) => {
    const outgoing = request(new URL(url ?? "/", target), { method, headers }, async (got) => {
      const type = got.headers["content-type"] ?? "text/xml";
      done({ status: got.statusCode ?? 502, type, body: await readAll(got) });
    });
    outgoing.on("error", fail);
    outgoing.end(body);
  });
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
