import fc from "fast-check";
import { deviceSerial } from "../../../modules/client/mfa/choose-device";
import { giveCodes } from "../../../modules/client/mfa/give-codes";
import { seedCodes } from "../../../modules/client/mfa/seed-codes";
import { signIn } from "../../../modules/client/mfa/sign-in";
import { decodeBase32, totp } from "../../../modules/client/mfa/totp";
import { typedCode } from "../../../modules/client/mfa/typed-code";
import type { CodesPort, Granted } from "../../../modules/client/session/ports";

const SERIAL = "arn:aws:iam::111111111111:mfa/ann";
const GRANTED: Granted = {
  keys: { accessKeyId: "A", secretAccessKey: "s", sessionToken: "t", expiration: "2027-01-01T00:00:00Z" },
  livesMs: 900_000,
};

/** AWS that takes these codes, each once, and remembers what it was given. */
function sts(...right: readonly string[]) {
  const given: string[] = [];
  const startSession = async (_: string, code: string) => {
    given.push(code);
    return right.includes(code) ? GRANTED : "wrong-code";
  };
  return { given, port: { startSession } };
}

/** A source that gives these codes one after the other, and then stops. */
function source(tries: number, codes: readonly string[]) {
  const left = [...codes];
  const said: (string | undefined)[] = [];
  const port: CodesPort = {
    tries,
    next: async (_, again) => {
      said.push(again);
      return left.shift();
    },
  };
  return { said, port };
}

const code = fc.constantFrom("000001", "000002", "000003", "000004");

test("no code goes to AWS twice, no more tries are made than there are, and AWS's answer is the result", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(code, { maxLength: 6 }),
      code,
      fc.integer({ min: 1, max: 4 }),
      async (typed, right, tries) => {
        const aws = sts(right);
        const { port, said } = source(tries, typed);
        const request = { serial: SERIAL, seconds: 900 };
        const signedIn = await signIn({ sts: aws.port, codes: port, now: () => 7 }, request).catch(() => undefined);
        expect(new Set(aws.given).size).toBe(aws.given.length);
        expect(said.length).toBeLessThanOrEqual(tries);
        expect(signedIn !== undefined).toBe(typed.slice(0, tries).includes(right));
        expect(said[0]).toBeUndefined();
        expect(
          said
            .slice(1)
            .every((why) => why?.startsWith("AWS does not accept") || why?.startsWith("this code was already")),
        ).toBe(true);
      },
    ),
  );
});

test("a code that opened the session before is not given again", async () => {
  const aws = sts("000001");
  const ports = { sts: aws.port, codes: source(1, ["000001"]).port, now: () => 7 };
  const request = { serial: SERIAL, seconds: 900 };
  const { usedCode, startedAt } = await signIn(ports, request);
  expect(startedAt).toBe(7);
  const again = { ...ports, codes: source(1, ["000001"]).port };
  await expect(signIn(again, { ...request, usedBefore: usedCode })).rejects.toThrow("already used");
  expect(aws.given).toHaveLength(1);
});

test("an answer that cannot be credentials is refused", async () => {
  const port = { startSession: async () => ({ ...GRANTED, livesMs: -1 }) };
  const ports = { sts: port, codes: source(1, ["000001"]).port, now: () => 0 };
  await expect(signIn(ports, { serial: SERIAL, seconds: 900 })).rejects.toThrow("not credentials");
});

test("the loop ends when the person stops", async () => {
  const next = async () => undefined;
  expect(await giveCodes({ tries: 3, next }, async () => ({ kind: "taken", value: 1 }))).toEqual({ kind: "stopped" });
});

test("a seed gives the code of now, and the next one after a refusal", async () => {
  const seed = "JBSWY3DPEHPK3PXP";
  let now = 10_000;
  const said: string[] = [];
  const wait = async (milliseconds: number) => {
    now += milliseconds;
  };
  const codes = seedCodes({ now: () => now, wait, say: (line) => void said.push(line) }, seed, SERIAL);
  const at = (time: number) => totp(decodeBase32(seed) as Uint8Array, time);
  expect(await codes.next(SERIAL, undefined)).toBe(at(10_000));
  expect(await codes.next(SERIAL, "wrong")).toBe(at(30_000));
  expect([codes.tries, said]).toEqual([2, ["the code was refused; trying the next one in 21 s"]]);
  expect(() => seedCodes({ now: () => now, wait, say: () => undefined }, "1", SERIAL)).toThrow("not valid Base32");
});

test("typing goes on until there are six digits, other than before", async () => {
  const answers = ["12345", "111 111", "222 222"];
  const why: (string | undefined)[] = [];
  const ask = async (_: string, problem: string | undefined) => {
    why.push(problem);
    return answers.shift();
  };
  expect(await typedCode(ask, "code: ", { before: "111111", why: "first" })).toBe("222222");
  expect(why).toEqual(["first", expect.stringContaining("six digits"), expect.stringContaining("first code again")]);
  expect(await typedCode(ask, "code: ")).toBeUndefined();
});

const arn = (name: string) => `arn:aws:iam::111111111111:mfa/${name}`;

test.each<[string, string | undefined, readonly string[], string | RegExp]>([
  ["the named one", arn("x"), [], arn("x")],
  ["the only one", undefined, [arn("phone")], arn("phone")],
  ["the one named after its owner", undefined, [arn("phone"), arn("ann")], arn("ann")],
  ["none", undefined, [], /has no MFA device; run: rolecall mfa enrol/],
  ["one of several", undefined, [arn("a"), arn("b")], /has 2 MFA devices; name one/],
  ["a passkey", undefined, ["arn:aws:iam::111111111111:u2f/user/ann/key"], /passkeys, which give no codes/],
  ["what is not a device", arn(""), [], /is not an MFA device that gives codes/],
])("the device to ask: %s", async (_, named, serials, expected) => {
  const chosen = deviceSerial(named, "ann", async () => serials.map((serial) => ({ serial })));
  if (typeof expected === "string") expect(await chosen).toBe(expected);
  else await expect(chosen).rejects.toThrow(expected);
});
