import { type Answer, answer, type Frame } from "../../modules/cli/answer";
import { AnswerError } from "../../modules/live/answers/answer-error";
import { Refusal } from "../../modules/refusal";
import { heard } from "../support/in-process";

const TEXT: Frame = { command: "keys rotate", schemaVersion: 3, json: false, debug: false };
const JSON_FRAME: Frame = { ...TEXT, json: true };
const FINDING = {
  code: "unknown-tier",
  severity: "error",
  place: { file: "roster.yaml", line: 2, column: 4 },
  message: "unknown tier",
} as const;

/** What the printer makes of an answer, or of what is thrown in its place. */
async function said(frame: Frame, given: Answer | Error) {
  const { context, stdout, stderr } = heard("/");
  const code = await answer(context, frame, async () => {
    if (given instanceof Error) throw given;
    return given;
  });
  return { code, stdout: stdout(), stderr: stderr() };
}

const data = (text: string): unknown => JSON.parse(text);

test("an answer: text on stdout, findings before and talk after it on stderr", async () => {
  const given: Answer = { exit: 1, text: "text\n", data: { a: 1 }, findings: [FINDING], talk: ["one", "two"] };
  const stderr = "roster.yaml:2:4: unknown tier\none\ntwo\n";
  expect(await said(TEXT, given)).toEqual({ code: 1, stdout: "text\n", stderr });
  const json = await said(JSON_FRAME, given);
  expect(json).toMatchObject({ code: 1, stderr });
  expect(data(json.stdout)).toEqual({ schemaVersion: 3, command: "keys rotate", a: 1, findings: [FINDING] });
  expect(json.stdout).toMatch(/^.*\n$/);
});

test("a refusal: reasons, findings and its exit code, in both forms", async () => {
  const refusal = new Refusal(["no such person", "add them first"], { findings: [FINDING], exit: 1 });
  const stderr = "roster.yaml:2:4: unknown tier\nno such person\nadd them first\n";
  expect(await said(TEXT, refusal)).toEqual({ code: 1, stdout: "", stderr });
  const { code, stdout } = await said(JSON_FRAME, refusal);
  expect([code, data(stdout)]).toEqual([
    1,
    {
      schemaVersion: 3,
      command: "keys rotate",
      ok: false,
      reasons: ["no such person", "add them first"],
      findings: [FINDING],
    },
  ]);
});

test("any other exception is a bug; the stack is shown with --debug only", async () => {
  const bug = new TypeError("x is not a function\u001b[31m");
  const plain = await said(TEXT, bug);
  expect(plain.code).toBe(2);
  expect(plain.stderr).toMatch(/^this is a bug in rolecall: "TypeError: x is not a function.*--debug.*\n$/);
  expect(plain.stderr).not.toContain("\u001b");
  expect((await said({ ...TEXT, debug: true }, bug)).stderr).toMatch(/\n {4}at /);
  expect(data((await said(JSON_FRAME, bug)).stdout)).toMatchObject({ ok: false, bug: true });
});

const system = Object.assign(new Error("EACCES: permission denied, open '/a'"), {
  code: "EACCES",
  syscall: "open",
  path: "/a",
});
test.each<[string, Error, string]>([
  ["the system refuses a file", system, '"/a" cannot be used (EACCES)'],
  [
    "the network ends",
    Object.assign(new Error("x"), { code: "ENOTFOUND", syscall: "getaddrinfo" }),
    "cannot be reached",
  ],
  ["AWS refuses", Object.assign(new Error("no"), { name: "AccessDenied", $fault: "client" }), 'AWS refuses: "no"'],
  [
    "AWS answers nonsense",
    new AnswerError("no-answer", "iam ListUsers was not answered"),
    "iam ListUsers was not answered",
  ],
])("%s: no bug of ours", async (_what, error, text) => {
  const { code, stderr } = await said(TEXT, error);
  expect([code, stderr]).toEqual([2, expect.stringContaining(text)]);
  expect(stderr).not.toContain("bug");
  expect(data((await said(JSON_FRAME, error)).stdout)).not.toHaveProperty("bug");
});

test("what cannot be said twice and is not written: what to do about it, exit 2, no talk", async () => {
  const { context, stderr } = heard("/");
  const lost = (code: string) => `the password is lost (${code})`;
  const given: Answer = { exit: 0, text: "secret\n", talk: ["change it"], lost };
  const full = { ...context, deliver: async () => "ENOSPC" };
  expect(await answer(full, TEXT, async () => given)).toBe(2);
  expect(stderr()).toBe("the password is lost (ENOSPC)\n");
  expect(await said(TEXT, given)).toEqual({ code: 0, stdout: "secret\n", stderr: "change it\n" });
});
