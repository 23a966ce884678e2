import type { IAMClient } from "@aws-sdk/client-iam";
import type { STSClient } from "@aws-sdk/client-sts";
import { seconds } from "../words";
import { AnswerError } from "./answers/answer-error";
import { asError } from "./answers/check-answer";
import { meaningProblem } from "./answers/check-meaning";
import { type Patience, pauseBefore, REAL_TIME, type Timer, USUAL } from "./answers/patience";
import { type Modelled, modelOf } from "./answers/shape";
import { isHarmlessTwice, retryAfter, retryOf } from "./answers/trouble";
import { callText, unanswered, withOpen } from "./answers/unanswered";
import { type Seen, watchWire } from "./answers/wire";

export { AnswerError } from "./answers/answer-error";

/** Clients of the services Rolecall speaks to; both answer in the same XML. */
export type AwsClient = IAMClient | STSClient;

/** A command of either service, which its answer's type follows from. */
export interface AwsCommand<Output> {
  readonly input: object;
  readonly middlewareStack: unknown;
  resolveMiddleware(...world: never): (request: never) => Promise<{ readonly output: Output }>;
}

/** What is known of a client besides what the SDK keeps. */
export interface ClientFacts {
  /** `testing (222222222222)`; for messages. */
  readonly where?: string;
  /** Every ARN in its answers is of this account. */
  readonly accountId?: string;
  readonly patience?: Patience;
  readonly timer?: Timer;
}

interface OpenLine {
  readonly where: string;
  readonly accountId: string | undefined;
  readonly patience: Patience;
  readonly timer: Timer;
  readonly openedAt: number;
  /** Why nothing more is asked: one call went unanswered for as long as a call may take. */
  dead?: AnswerError;
}

const lines = new WeakMap<AwsClient, OpenLine>();
let usual: { readonly patience: Patience; readonly timer: Timer } = { patience: USUAL, timer: REAL_TIME };

/** Other bounds and another clock for all clients that are opened from here on. */
export function setPatience(patience: Patience, timer: Timer = REAL_TIME): void {
  usual = { patience, timer };
}

/** The bounds of clients opened now, for what the SDK itself has to know of them. */
export function usualPatience(): Patience {
  return usual.patience;
}

/** Says what is known of a client; its time begins. */
export function openLine<Client extends AwsClient>(client: Client, line: ClientFacts): Client {
  const { patience, timer } = { ...usual, ...line };
  lines.set(client, { where: line.where ?? "", accountId: line.accountId, patience, timer, openedAt: timer.now() });
  return client;
}

function lineOf(client: AwsClient): OpenLine {
  const known = lines.get(client) ?? lines.get(openLine(client, {}));
  if (known === undefined) throw new Error("a client without a line");
  return known;
}

/** Everything else that is still to be asked of the client fails immediately; for when the rest is no longer of use. */
export function stopAsking(client: AwsClient): void {
  lineOf(client).dead ??= new AnswerError("not-asked", "an earlier call that failed");
}

export interface AskOptions {
  /** Most attempts, where it must not be asked as often as usual. */
  readonly attempts?: number;
}

/**
 * The one way to call AWS. The answer is AWS's, to this command, about who was asked for, and has every member that AWS always
 * gives; it comes within the client's bounds of time. What AWS refuses throws the SDK's error; everything else throws an
 * `AnswerError`, and is neither a no nor a none.
 */
export async function ask<Output>(
  client: AwsClient,
  command: AwsCommand<Output>,
  options?: AskOptions,
): Promise<Output> {
  return (await askWithTime(client, command, options)).answer;
}

/** The same with AWS's own time: that clock stamps sessions, not this machine's. */
export async function askWithTime<Output>(
  client: AwsClient,
  command: AwsCommand<Output>,
  { attempts }: AskOptions = {},
): Promise<{ readonly answer: Output; readonly at: Date }> {
  const line = lineOf(client);
  const modelled = modelOf(command);
  const { action } = modelled;
  const began = line.timer.now();
  const most = Math.min(attempts ?? line.patience.attempts, line.patience.attempts);
  for (let tries = 1; ; tries++) {
    refuseIfOver(line, action);
    const seen: Seen = {};
    try {
      const answer = await attempt(client, command, modelled, { line, began, seen });
      return { answer, at: checked(line, modelled, command.input, answer, seen) };
    } catch (error) {
      const failed = { line, seen, tries, began, action };
      const pause = tries < most ? pauseAfter(error, failed) : undefined;
      const left = began + line.patience.call - line.timer.now();
      if (pause === undefined || pause >= left) throw explained(error, failed);
      await line.timer.wait(pause);
    }
  }
}

interface Attempt {
  readonly line: OpenLine;
  readonly began: number;
  readonly seen: Seen;
}

/** Ends by itself: also where the SDK waits for something that no signal reaches, such as a program that gives credentials. */
function attempt<Output>(
  client: AwsClient,
  command: AwsCommand<Output>,
  modelled: Modelled,
  { line, began, seen }: Attempt,
): Promise<Output> {
  const { patience, timer } = line;
  const most = Math.min(patience.attempt, began + patience.call - timer.now());
  const controller = new AbortController();
  watchWire(command.middlewareStack, modelled, controller.signal, seen);
  const sender = client as unknown as { send(command: unknown, options: object): Promise<Output> };
  return new Promise<Output>((resolve, reject) => {
    const cancel = timer.alarm(most, () => {
      reject(new AnswerError("no-answer", "no answer in time"));
      controller.abort();
    });
    sender.send(command, { abortSignal: controller.signal }).then(resolve, reject).finally(cancel);
  });
}

/** AWS's time. Throws when the answer is about something else. */
function checked(line: OpenLine, { action }: Modelled, input: object, output: unknown, { at }: Seen): Date {
  if (at === undefined) throw asError(action, line.where, { trouble: "not-aws", why: "an answer without a date" });
  const account = line.accountId === undefined ? {} : { accountId: line.accountId };
  const why = meaningProblem(
    { action, input: input as Record<string, unknown>, at, ...account },
    output as Record<string, unknown>,
  );
  if (why !== undefined) throw asError(action, line.where, { trouble: "not-this", why });
  return at;
}

interface Failed {
  readonly line: OpenLine;
  readonly seen: Seen;
  readonly tries: number;
  readonly began: number;
  readonly action: string;
}

/** Milliseconds until the next attempt; `undefined` when there is none. */
function pauseAfter(error: unknown, { line, seen, tries, action }: Failed): number | undefined {
  const retry = retryOf(error);
  const may = retry === "soon" || retry === "slow-down" || (retry === "if-harmless" && isHarmlessTwice(action));
  if (!may || line.dead !== undefined) return undefined;
  return pauseBefore(tries + 1, retry === "slow-down", line.patience, retryAfter(seen.retryAfter));
}

/** Without an answer the client is given up: a reader of an account has many more questions. */
function explained(error: unknown, { line, seen, tries, began, action }: Failed): unknown {
  const { where } = line;
  if (seen.problem !== undefined) {
    const { trouble, message } = asError(action, where, seen.problem);
    return new AnswerError(trouble, withOpen(action, message));
  }
  const milliseconds = line.timer.now() - began;
  const given = unanswered(error, { action, where, milliseconds, attempts: tries });
  if (given === undefined) return error;
  line.dead ??= given;
  return given;
}

/** A client is asked nothing more when its time is over, or an earlier call went unanswered. */
function refuseIfOver({ dead, where, patience, timer, openedAt }: OpenLine, action: string): void {
  const call = callText({ action, where });
  if (dead !== undefined) throw new AnswerError("not-asked", `${call}: not asked, because of ${dead.message}`);
  if (timer.now() - openedAt <= patience.client) return;
  const limit = seconds(patience.client / 1000);
  throw new AnswerError("not-asked", `${call}: not asked, because ${limit} have passed; run this again`);
}
