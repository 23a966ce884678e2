import * as iam from "@aws-sdk/client-iam";
import * as sts from "@aws-sdk/client-sts";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import always from "../../modules/live/answers/always.json";
import { modelOf } from "../../modules/live/answers/shape";
import { AnswerError, ask, type AwsClient, type AwsCommand, openLine } from "../../modules/live/send";
import { USUAL } from "../../modules/live/answers/patience";
import forms from "./cases/answers.json";
import meanings from "./cases/meanings.json";
import { productFiles, type SentCommand, sentCommands, textOfFile } from "./every-command";
import { ACCOUNT, INPUT, rightAnswer } from "./right-answer";

/*
 * Every command that the product sends, found in its sources, against every answer that is none: a new command is covered as
 * soon as it is imported. The right answer is made from the SDK's own model, so a refusal here is never for nothing.
 */
interface Form {
  readonly name: string;
  readonly status?: number;
  readonly type?: string;
  readonly body: string;
  readonly keep?: number;
  readonly replace?: readonly string[];
  readonly spoil?: boolean;
  readonly date?: boolean;
  /** Not of commands whose right answer has no result. */
  readonly unlessEmpty?: boolean;
}

const COMMANDS = sentCommands();
const FORMS: readonly Form[] = forms;
const QUICK = { ...USUAL, attempts: 2, pause: 1, slowDown: 1 };
let server: Server;
let respond: (response: ServerResponse) => void;
let endpoint = "";

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on("end", () => respond(response));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  return new Promise((done) => server.close(done));
});

function clientOf({ service }: SentCommand): AwsClient {
  const config = {
    endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
  };
  const client = service === "iam" ? new iam.IAMClient(config) : new sts.STSClient(config);
  return openLine(client, { accountId: ACCOUNT, where: `testing (${ACCOUNT})`, patience: QUICK });
}

function commandOf({ action, service }: SentCommand): AwsCommand<object> {
  const all = (service === "iam" ? iam : sts) as unknown as Record<string, new (input: object) => AwsCommand<object>>;
  const Command = all[`${action}Command`];
  if (Command === undefined) throw new Error(action);
  return new Command({ ...INPUT });
}

/** What `ask` makes of an answer: what it gives, or why it does not. */
async function outcome(sent: SentCommand, form: Omit<Form, "name">): Promise<unknown> {
  respond = (response) => {
    response.sendDate = form.date !== false;
    response.writeHead(form.status ?? 200, {
      "content-type": form.type ?? "text/xml",
      location: "http://127.0.0.1:1/",
    });
    const bytes = Buffer.from(form.body);
    response.end(form.spoil === true ? Buffer.from(bytes.map((byte) => (byte === 0 ? 0xff : byte))) : bytes);
  };
  return ask(clientOf(sent), commandOf(sent)).then(
    (answer) => ({ answer }),
    (error: unknown) => error,
  );
}

function bodyOf(form: Form, sent: SentCommand): string {
  const right = rightAnswer(commandOf(sent));
  const [from = "", to = ""] = (form.replace ?? []).map((each) => each.replaceAll("{action}", sent.action));
  const named = form.body.replaceAll("{right}", right).replaceAll("{action}", sent.action);
  const body = from === "" ? named : named.replaceAll(from, to);
  return body.slice(0, Math.floor(body.length * (form.keep ?? 1)));
}

const outputOf = (sent: SentCommand) => modelOf(commandOf(sent)).output;

test("the product sends some sixty commands, and every one is found", () => {
  expect(COMMANDS.length).toBeGreaterThan(50);
  const actions = COMMANDS.map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(["AssumeRole", "DeleteUser", "ListRoles", "GetCredentialReport"]));
});

test("every call goes through one place: no other file sends, pages, or makes clients", () => {
  const breaches = productFiles().filter((path) => {
    const text = textOfFile(path);
    const sends = /\.send\s*\(|\bpaginate[A-Z]\w+|\bwaitUntil[A-Z]\w+/.test(text) && path !== "modules/live/send.ts";
    const opens = /new (IAM|STS)(Client)?\s*\(/.test(text) && path !== "modules/live/clients.ts";
    return sends || opens;
  });
  expect(breaches).toEqual([]);
});

describe.each(COMMANDS)("$action", (sent) => {
  test("its right answer is taken", async () => {
    expect(await outcome(sent, { body: rightAnswer(commandOf(sent)) })).toHaveProperty("answer");
  });

  test.each(FORMS)("$name is no answer", async (form) => {
    if (form.unlessEmpty === true && outputOf(sent) === undefined) return;
    const got = await outcome(sent, { ...form, body: bodyOf(form, sent) });
    expect(got).toBeInstanceOf(AnswerError);
    const { message } = got as AnswerError;
    expect(message).toContain(`${sent.action} in testing (${ACCOUNT}): `);
    expect(message).toMatch(/AWS_ENDPOINT_URL|run this again/);
  });
});

/** The right answer with one element changed, for every element: what the SDK would take for an empty or false value. */
function mutants(sent: SentCommand): readonly { readonly name: string; readonly body: string }[] {
  const right = rightAnswer(commandOf(sent));
  const [, result = ""] = new RegExp(`<${sent.action}Result>(.*)</${sent.action}Result>`).exec(right) ?? [];
  const mutate = (name: string, change: string) => ({ name, body: right.replace(result, change) });
  const plain = [...new Set([...result.matchAll(/<(\w+)>([^<]+)<\/\1>/g)].map(([whole]) => whole))];
  const lists = [...new Set([...result.matchAll(/<(\w+)><member>/g)].map(([, name = ""]) => name))];
  return [
    ...plain.flatMap((whole) => {
      const [, name = "", value = ""] = /<(\w+)>([^<]+)/.exec(whole) ?? [];
      return [
        mutate(`${name} twice`, result.replace(whole, whole + whole)),
        mutate(`${name} with an element in it`, result.replace(whole, `<${name}><x>${value}</x></${name}>`)),
        ...(/^(true|false|\d+|\d{4}-.*Z)$/.test(value) && !/Id$|^Account$|Code/.test(name)
          ? [mutate(`${name} of another form`, result.replace(whole, `<${name}>perhaps</${name}>`))]
          : []),
      ];
    }),
    ...lists.flatMap((name) => [
      mutate(`${name} of strange items`, result.replace(`<${name}><member>`, `<${name}><item/><member>`)),
      mutate(
        `${name} as text`,
        result.replace(new RegExp(`<${name}><member>.*</member></${name}>`), `<${name}>none</${name}>`),
      ),
    ]),
  ];
}

/** By the model and the table of what AWS always gives: what no answer may lack, and what may not be empty. */
function needed(sent: SentCommand): readonly string[] {
  const output = outputOf(sent);
  if (output?.kind !== "structure") return [];
  const mayLack: readonly string[] = (always.mayLack as Readonly<Record<string, readonly string[]>>)[sent.action] ?? [];
  return output.members
    .filter(({ name }) => !mayLack.includes(name))
    .filter(({ name, required, shape }) => (required || shape().kind === "list") && name !== "IsTruncated")
    .map(({ name }) => name);
}

test.each(COMMANDS)("$action: a changed member is no answer", async (sent) => {
  for (const { name, body } of mutants(sent))
    expect([name, await outcome(sent, { body })]).toEqual([name, expect.any(AnswerError)]);
});

test.each(COMMANDS)("$action: an answer without what it must have is no answer", async (sent) => {
  for (const name of needed(sent)) {
    const without = new RegExp(`(<${sent.action}Result>.*?)<${name}>.*</${name}>`);
    const body = rightAnswer(commandOf(sent)).replace(without, "$1");
    expect([name, await outcome(sent, { body })]).toEqual([name, expect.any(AnswerError)]);
  }
});

interface Meaning {
  readonly name: string;
  readonly command: string;
  /** Pairs of texts in the right answer and what stands there instead. */
  readonly replace: readonly string[];
  readonly says: string;
}

test.each(meanings as readonly Meaning[])("$command: $name", async ({ command, replace, says }) => {
  const sent = COMMANDS.find(({ action }) => action === command);
  if (sent === undefined) throw new Error(`${command} is not sent any more`);
  const right = rightAnswer(commandOf(sent));
  const pairs = replace.flatMap((from, at) => (at % 2 === 0 ? [[from, replace[at + 1] ?? ""] as const] : []));
  const body = pairs.reduce((text, [from, to]) => text.replaceAll(from, to), right);
  expect(body).not.toBe(right);
  const got = await outcome(sent, { body });
  expect(got).toBeInstanceOf(AnswerError);
  expect((got as AnswerError).message).toContain(says);
});

test("names compare as IAM compares them, and AWS's own policies are nobody's", async () => {
  const of = (command: string) => COMMANDS.find(({ action }) => action === command) as SentCommand;
  const user = rightAnswer(commandOf(of("GetUser"))).replaceAll(">ann<", ">Ann<");
  expect(await outcome(of("GetUser"), { body: user })).toHaveProperty("answer");
  const attached = rightAnswer(commandOf(of("ListAttachedRolePolicies")));
  const own = attached.replaceAll(INPUT.PolicyArn, "arn:aws:iam::aws:policy/ReadOnlyAccess");
  expect(await outcome(of("ListAttachedRolePolicies"), { body: own })).toHaveProperty("answer");
});
