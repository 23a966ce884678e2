import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: string };
}

/** What the fake answers instead, for the next request. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The few of GitHub's endpoints that the scripts use, on loopback. */
export class FakeGitHub {
  readonly comments: Comment[] = [];
  readonly requests: string[] = [];
  /** Each with its commit. */
  readonly statuses: Record<string, unknown>[] = [];
  pulls: unknown[] = [];
  refusal: Refusal | undefined;
  private constructor(private readonly server: Server) {}

  static start(): Promise<FakeGitHub> {
    return new Promise((done) => {
      const server = createServer((request, response) => void fake.answer(request, response));
      const fake = new FakeGitHub(server);
      server.listen(0, "127.0.0.1", () => done(fake));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "" } = request;
    this.requests.push(`${method} ${url.split("?")[0]}`);
    let text = "";
    for await (const part of request) text += String(part);
    const say = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}) =>
      response.writeHead(status, headers).end(typeof value === "string" ? value : JSON.stringify(value));
    if (this.refusal) return void say(this.refusal.status, this.refusal.body ?? "{}", this.refusal.headers);
    if (request.headers.authorization !== "Bearer sesame") return void say(401, {});
    const { pathname, searchParams } = new URL(url, this.url);
    const page = <T>(items: readonly T[]) => {
      const size = Number(searchParams.get("per_page"));
      const from = (Number(searchParams.get("page")) - 1) * size;
      return items.slice(from, from + size);
    };
    if (method === "GET" && pathname === "/repos/o/r/pulls") return void say(200, page(this.pulls));
    if (pathname === "/repos/o/r/issues/7/comments") {
      if (method === "GET") return void say(200, page(this.comments));
      this.add((JSON.parse(text) as { body: string }).body);
      return void say(201, {});
    }
    const sha = /^\/repos\/o\/r\/statuses\/([0-9a-f]{40})$/.exec(pathname)?.[1];
    if (method === "POST" && sha !== undefined) {
      this.statuses.push({ sha, ...(JSON.parse(text) as object) });
      return void say(201, {});
    }
    const id = Number(/^\/repos\/o\/r\/issues\/comments\/(\d+)$/.exec(pathname)?.[1]);
    const comment = this.comments.find((each) => each.id === id);
    if (method !== "PATCH" || !comment) return void say(404, {});
    comment.body = (JSON.parse(text) as { body: string }).body;
    say(200, {});
  }

  add(body: string, login = "github-actions[bot]", type = "Bot"): void {
    this.comments.push({ id: this.comments.length + 1, body, user: { login, type } });
  }
}
