import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openConsole } from "../../../modules/cli/session/console";
import type { Context } from "../../../modules/machine/context";
import { type FakeSts, startFakeSts } from "../../support/fake-sts";
import { until } from "../../support/processes";
import { HOME, type Ran } from "../../support/run-command";
import { inProcess, keysOf, type SomePerson, somePerson } from "./person";

let sts: FakeSts;
let person: SomePerson;
const CODE = { ROLECALL_MFA_PROCESS: "echo 111111" };
const ROLECALL = join(HOME, "bin/rolecall.js");

beforeAll(async () => {
  sts = await startFakeSts();
  person = somePerson(sts.url);
  expect((await keysOf(person, "testing-operator")).code).toBe(0);
});

afterAll(async () => {
  person.leave();
  await sts.stop();
});

const link = (more: { federate?: true; open?: true; json?: true }, env: NodeJS.ProcessEnv = {}): Promise<Ran> => {
  const options = { json: false, ...more };
  const work = (context: Context) => openConsole.run(context, options, "testing", "operator");
  return inProcess(person, "console", work, { env: { ...CODE, ...env }, json: options.json });
};

test("a link that switches, without asking AWS anything", async () => {
  const before = sts.calls.length;
  expect((await link({})).stdout).toBe(
    "https://signin.aws.amazon.com/switchrole?account=222222222222&roleName=rolecall/operator&displayName=testing-operator\n",
  );
  expect(sts.calls.length).toBe(before);
});

test("--federate: the keys are in the body, never in an address; no duration; a warning", async () => {
  const ran = await link({ federate: true }, { AWS_ENDPOINT_URL_SIGNIN: sts.url });
  expect(ran.stdout).toContain(
    `${sts.url}/federation?Action=login&Issuer=rolecall&Destination=https%3A%2F%2Feu-west-1.console`,
  );
  expect(ran.stdout).toContain("SigninToken=SECRETsignin");
  expect(ran.stderr).toBe("anyone who opens this link within 15 minutes works as you; do not pass it on\n");
  const call = sts.calls.at(-1);
  expect(call?.url).toBe("/federation");
  expect(JSON.parse(call?.parameters.get("Session") ?? "")).toEqual({
    sessionId: expect.stringMatching(/^ASIA/),
    sessionKey: expect.stringMatching(/^SECRETkey/),
    sessionToken: expect.stringMatching(/^SECRETtoken/),
  });
  expect(call?.parameters.has("SessionDuration")).toBe(false);
});

test.each([
  ["refused", { status: 400, body: "<html>Bad Request" }, /gives no sign-in token \(HTTP 400\)/],
  ["no token", { status: 200, body: '{"SigninToken":"a b"}' }, /gives no sign-in token \(HTTP 200\)/],
  ["endless", { status: 200, body: Buffer.alloc(1_000_000, "x") }, /gives no sign-in token \(HTTP 200\)/],
])("--federate, %s: said, and no link", async (_name, instead, says) => {
  sts.instead = ({ action }) => (action === "getSigninToken" ? instead : undefined);
  const ran = await link({ federate: true }, { AWS_ENDPOINT_URL_SIGNIN: sts.url });
  sts.instead = () => undefined;
  expect(ran.stderr).toMatch(says);
  expect([ran.code, ran.stdout]).toEqual([2, ""]);
});

test("--federate does not send keys to a place in the clear, or anywhere it is led to", async () => {
  expect((await link({ federate: true }, { AWS_ENDPOINT_URL_SIGNIN: "http://example.org" })).stderr).toMatch(
    /is neither https/,
  );
});

test("--open gives the browser a link without secrets in its arguments", async () => {
  const bin = join(person.home, "browser");
  mkdirSync(bin);
  for (const name of ["xdg-open", "open"]) {
    writeFileSync(
      join(bin, name),
      `#!/bin/sh\nprintf '%s\\n' "$@" > ${bin}/opened\ncat "\${1#file://}" > ${bin}/page 2>/dev/null\n`,
    );
    chmodSync(join(bin, name), 0o755);
  }
  const PATH = `${bin}:${process.env["PATH"]}`;
  expect((await link({ open: true }, { PATH })).stdout).toBe("");
  expect(readFileSync(join(bin, "opened"), "utf8")).toMatch(/^https:\/\/signin\.aws\.amazon\.com\/switchrole\?/);
  const child = spawn(process.execPath, [ROLECALL, "console", "testing", "operator", "--federate", "--open"], {
    cwd: person.home,
    env: { ...person.env, PATH, AWS_ENDPOINT_URL_SIGNIN: sts.url },
  });
  await until(
    () => existsSync(join(bin, "page")) && readFileSync(join(bin, "page"), "utf8").includes("SigninToken=SECRETsignin"),
    "the page",
  );
  expect(readFileSync(join(bin, "opened"), "utf8")).toMatch(
    /^file:\/\/\S+\/\.cache\/rolecall\/open-[0-9a-f]+\.html\n$/,
  );
  child.kill("SIGTERM");
  await new Promise((done) => child.once("exit", done));
  expect(readdirSync(join(person.home, ".cache/rolecall")).filter((name) => name.endsWith(".html"))).toEqual([]);
});

test("as JSON", async () => {
  expect(JSON.parse((await link({ json: true })).stdout)).toMatchObject({
    schemaVersion: 1,
    command: "console",
    federated: false,
  });
});
