import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on this machine's loopback that answers as a test wants, also not at all. */
export interface OddServer {
  readonly url: string;
  /** What every request asked for since the last `forget`. */
  readonly asked: readonly URLSearchParams[];
  readonly forget: () => void;
  answer: (response: ServerResponse, asked: URLSearchParams, request: IncomingMessage) => void;
  readonly stop: () => Promise<void>;
}

export async function startOddServer(): Promise<OddServer> {
  const asked: URLSearchParams[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const parameters = new URLSearchParams(Buffer.concat(chunks).toString());
    asked.push(parameters);
    odd.answer(response, parameters, request);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const odd: OddServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    forget: () => {
      asked.length = 0;
    },
    answer: (response) => response.destroy(),
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
  return odd;
}

/** An answer of AWS to an action, with this result in it. */
export function awsText(action: string, result: string): string {
  return `<${action}Response><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`;
}

/** A refusal as AWS makes them. */
export function refusalText(code: string, message = "no"): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
}
