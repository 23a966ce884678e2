import { HOME } from "../../support/run-command";
import { type FakeSts, startFakeSts } from "../../support/fake-sts";
import { onTerminal, type SomePerson, somePerson } from "./person";
import { join } from "node:path";

let sts: FakeSts;
let person: SomePerson;

beforeEach(async () => {
  sts = await startFakeSts();
  person = somePerson(sts.url);
});

afterEach(async () => {
  person.leave();
  await sts.stop();
});

test("one code, then every role without another", async () => {
  const first = await person.rolecall(["credentials", "testing-operator", "--mfa-stdin"], "111111\n");
  expect(first.stderr).toBe("");
  expect(Object.keys(JSON.parse(first.stdout))).toEqual([
    "Version",
    "AccessKeyId",
    "SecretAccessKey",
    "SessionToken",
    "Expiration",
  ]);
  const second = await person.rolecall(["credentials", "production"]);
  expect([second.code, second.stderr]).toEqual([0, ""]);
  const again = await person.rolecall(["credentials", "testing-operator"]);
  expect(again.stdout).toBe(first.stdout);
  expect(sts.calls.map(({ action }) => action)).toEqual([
    "GetCallerIdentity",
    "ListMFADevices",
    "GetSessionToken",
    "AssumeRole",
    "AssumeRole",
  ]);
});

test("asks on the terminal, though its standard streams are the client's", async () => {
  const command = [process.execPath, join(HOME, "bin/rolecall.js"), "credentials", "testing-operator"];
  const ran = await onTerminal(person, command, ["222222", "111 111"]);
  expect(ran.stderr).toContain("AWS does not accept this code");
  expect(ran.stderr).not.toContain("SECRET");
  expect(JSON.parse(ran.stdout)).toMatchObject({ Version: 1 });
});
