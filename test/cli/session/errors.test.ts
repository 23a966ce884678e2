import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Call, type FakeSts, type Instead, startFakeSts } from "../../support/fake-sts";
import type { Ran } from "../../support/run-command";
import { changeKept, keysOf, ROSTER, type SomePerson, somePerson } from "./person";

/** The emulator checks neither codes, keys nor rights, is never slow and never wrong: each of these takes the fake STS. */
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

const HOUR = 3600_000;
const on = (action: string, instead: Instead) => (call: Call) => (call.action === action ? instead : undefined);

interface Case {
  readonly name: string;
  /** What makes it go wrong; and how it is asked, when not plainly. */
  readonly given?: () => unknown;
  readonly asked?: () => Promise<Ran>;
  readonly says: RegExp;
}

const CASES: readonly Case[] = [
  {
    name: "a wrong code",
    asked: () => keysOf(person, "testing-operator", { ROLECALL_MFA_PROCESS: "echo 999999" }),
    says: /AWS does not accept this code: it is wrong, belongs to another device, or was already used/,
  },
  {
    name: "a code that opened a session before: AWS is not asked",
    given: async () => {
      await keysOf(person, "testing-operator");
      changeKept(person, "session-", (kept) => ({ ...kept, startedAt: Number(kept["startedAt"]) - 2 * HOUR }));
      sts.instead = on("GetSessionToken", { error: "Asked", message: "again" });
    },
    asked: () => keysOf(person, "testing-administrator"),
    says: /^this code was already used, and AWS accepts each code once: wait for the next one/,
  },
  {
    name: "a clock behind, found when signing",
    given: () => {
      sts.ahead = 12 * 60_000;
      sts.instead = () => ({ error: "SignatureDoesNotMatch", message: "Signature expired: 1 is now earlier than 2" });
    },
    says: /^this machine's clock is 12 min behind AWS's: set it/,
  },
  {
    name: "a clock ahead by days, found when signing",
    given: () => {
      sts.ahead = -72 * HOUR;
      sts.instead = () => ({ error: "RequestExpired", message: "Request has expired." });
    },
    says: /^this machine's clock is 3 days ahead of AWS's: set it/,
  },
  {
    name: "a clock behind, found when the code is refused",
    given: () => {
      sts.ahead = 5 * 60_000;
      sts.codes.clear();
    },
    says: /^this machine's clock is 5 min behind AWS's: set it.*invalid MFA one time pass code/,
  },
  {
    name: "keys that were deleted or made inactive: nobody is asked for a code",
    given: () => {
      sts.instead = () => ({ error: "InvalidClientTokenId", message: "The security token included is invalid." });
    },
    asked: () => keysOf(person, "testing", { ROLECALL_MFA_PROCESS: "false" }),
    says: /AWS does not know this access key: it was deleted or made inactive/,
  },
  {
    name: "a wrong secret key",
    given: () => {
      sts.instead = () => ({ error: "SignatureDoesNotMatch", message: "The request signature we calculated" });
    },
    says: /the secret key does not belong to the access key/,
  },
  {
    name: "no MFA device",
    given: () => {
      sts.devices = [];
    },
    says: /dev\.one@example\.org has no MFA device; run: rolecall mfa enrol/,
  },
  {
    name: "only a passkey",
    given: () => {
      sts.devices = ["arn:aws:iam::111111111111:u2f/user/dev.one@example.org/key-1"];
    },
    says: /are passkeys, which give no codes; enrol an authenticator app as well/,
  },
  {
    name: "several devices, none named after the person",
    given: () => {
      sts.devices = ["arn:aws:iam::111111111111:mfa/phone", "arn:aws:iam::111111111111:mfa/tablet"];
    },
    says: /has 2 MFA devices; name one with --mfa-serial, .*mfa\/phone", "arn.*mfa\/tablet"/,
  },
  {
    name: "a device of somebody else",
    given: () => {
      sts.instead = on("GetSessionToken", {
        error: "AccessDenied",
        message: "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number",
      });
    },
    asked: () => keysOf(person, "testing", {}, { mfaSerial: "arn:aws:iam::111111111111:mfa/other" }),
    says: /AWS does not know this MFA device as yours .*rolecall mfa list/,
  },
  {
    name: "what is no device",
    asked: () => keysOf(person, "testing", { ROLECALL_MFA_SERIAL: "arn:aws:iam::1:user/x" }),
    says: /is not an MFA device that gives codes/,
  },
  {
    name: "a role that AWS does not give",
    given: () => {
      sts.instead = on("AssumeRole", {
        error: "AccessDenied",
        message: "User: x is not authorized to perform: sts:AssumeRole",
      });
    },
    says: /^AWS refuses operator in testing: .*The roster grants it to dev\.one@example\.org, and your MFA sign-in is 0 min old \(the role takes 12 h\)/,
  },
  {
    name: "an MFA sign-in too old for the role, and no way to ask for a code",
    given: async () => {
      await keysOf(person, "testing-operator");
      changeKept(person, "session-", (kept) => ({ ...kept, startedAt: Number(kept["startedAt"]) - 2 * HOUR }));
    },
    asked: () => keysOf(person, "testing-administrator", { ROLECALL_MFA_PROCESS: "false" }),
    says: /the command for MFA codes, "false", ended with 1/,
  },
  {
    name: "a role that left the roster, though its keys are still kept",
    given: async () => {
      await keysOf(person, "testing-administrator");
      writeFileSync(person.roster, ROSTER.replace("    grants: [{ account: testing, tier: administrator }]\n", ""));
    },
    asked: () => keysOf(person, "testing-administrator"),
    says: /dev\.one@example\.org has no profile "testing-administrator" in the roster \(any more\).*grants production spectator, testing operator/,
  },
  {
    name: "a person who left the roster",
    given: async () => {
      await keysOf(person, "testing-operator");
      writeFileSync(person.roster, ROSTER.replaceAll("dev.one@", "dev.three@"));
    },
    says: /"dev\.one@example\.org" is not in the roster \(any more\); did you mean "dev\.(two|three)@example\.org"\?/,
  },
  {
    name: "a roster that does not hold",
    given: () => appendFileSync(person.roster, "peple: {}\n"),
    says: /roster\.yaml:\d+:1: .*did you mean "people".*rolecall check shows every finding/s,
  },
  {
    name: "a profile that nobody has",
    asked: () => keysOf(person, "testing-opertor"),
    says: /no profile "testing-opertor" .*did you mean "testing-operator"\?/,
  },
  {
    name: "no network",
    asked: () => person.rolecall(["credentials", "testing"], "", { AWS_ENDPOINT_URL: "http://127.0.0.1:9" }),
    says: /GetCallerIdentity: AWS cannot be reached \(ECONNREFUSED\), 3 attempts in \d+ s; check the network/,
  },
  {
    name: "an endpoint where secrets would pass in the clear",
    asked: () => keysOf(person, "testing", { AWS_ENDPOINT_URL: "http://sts.example.org" }),
    says: /the endpoint "http:\/\/sts\.example\.org" is neither https nor on this machine/,
  },
  {
    name: "an STS that asks to slow down",
    given: () => {
      sts.instead = on("GetSessionToken", { error: "Throttling", message: "Rate exceeded", status: 400 });
    },
    says: /GetSessionToken: AWS throttles requests, 1 attempt in 1 s; wait a minute/,
  },
  {
    name: "a page instead of an answer",
    given: () => {
      sts.instead = () => ({ status: 200, body: "<!doctype html><p>Sign in to the hotel's network" });
    },
    says: /the answer is not AWS's .*is AWS_ENDPOINT_URL or a proxy in the way\?/,
  },
  {
    name: "a proxy's error page",
    given: () => {
      sts.instead = () => ({ status: 407, body: "Proxy Authentication Required" });
    },
    says: /the answer is not AWS's .*proxy/,
  },
  {
    name: "an answer without end",
    given: () => {
      sts.instead = () => ({ status: 200, body: Buffer.alloc(30_000_000, "<a>") });
    },
    says: /the answer is not AWS's \(an answer longer than 20000000 bytes/,
  },
  {
    name: "an answer with nothing in it",
    given: () => {
      sts.instead = on("GetSessionToken", { status: 200, body: "<GetSessionTokenResponse/>" });
    },
    says: /GetSessionToken: the answer is not AWS's .*without a request id/,
  },
  {
    name: "keys of another person",
    given: () => {
      sts.user = "dev.two@example.org";
    },
    says: /the keys of profile "default" belong to "dev\.two@example\.org", and this is for "dev\.one@example\.org"/,
  },
  {
    name: "keys of another account",
    given: () => {
      sts.account = "999999999999";
    },
    says: /belong to the account 999999999999, and the roster's user account is 111111111111/,
  },
  {
    name: "a source profile that is not there",
    asked: () => keysOf(person, "testing", {}, { sourceProfile: "defalt" }),
    says: /there is no profile "defalt" with your own keys; did you mean "default"\?/,
  },
  {
    name: "a source profile with a session instead of keys",
    given: () => appendFileSync(join(person.home, ".aws/credentials"), "aws_session_token = x\n"),
    says: /profile "default" holds a session, not your own long-term keys/,
  },
  {
    name: "a command for codes that is not there",
    asked: () => keysOf(person, "testing", { ROLECALL_MFA_PROCESS: "no-such-program --otp" }),
    says: /the command for MFA codes, "no-such-program", cannot be run/,
  },
  {
    name: "a command for codes that prints something else",
    asked: () => keysOf(person, "testing", { ROLECALL_MFA_PROCESS: "echo 12345" }),
    says: /did not give an MFA code of six digits/,
  },
  {
    name: "a command for codes that is none",
    asked: () => keysOf(person, "testing", { ROLECALL_MFA_PROCESS: "echo '1" }),
    says: /has an unclosed quote/,
  },
];

test.each(CASES)("$name: said in a line, exit 2, no keys", async ({ given, asked, says }) => {
  await given?.();
  const ran = await (asked ?? (() => keysOf(person, "testing-operator")))();
  expect(ran.stderr).toMatch(says);
  expect(ran.stderr).not.toMatch(/SECRET|\n\s+at /);
  expect([ran.code, ran.stdout]).toEqual([2, ""]);
});

test("a session that AWS ended before its time is replaced, once", async () => {
  await keysOf(person, "testing-operator");
  sts.codes.add("222222");
  let refusals = 0;
  sts.instead = ({ action }) => {
    if (action !== "AssumeRole" || refusals > 0) return undefined;
    refusals++;
    return { error: "ExpiredToken", message: "The security token included in the request is expired" };
  };
  const ran = await keysOf(person, "production", { ROLECALL_MFA_PROCESS: "echo 222222" });
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  expect(sts.count("GetSessionToken")).toBe(2);
});

test("the roster's limit for the MFA age asks for a new code, for that role alone", async () => {
  await keysOf(person, "testing-operator");
  changeKept(person, "session-", (kept) => ({ ...kept, startedAt: Number(kept["startedAt"]) - 2 * HOUR }));
  expect((await keysOf(person, "production", { ROLECALL_MFA_PROCESS: "false" })).code).toBe(0);
  sts.codes.add("222222");
  expect((await keysOf(person, "testing-administrator", { ROLECALL_MFA_PROCESS: "echo 222222" })).code).toBe(0);
  expect(sts.count("GetSessionToken")).toBe(2);
});

test("without a terminal and without another way it says which ways there are", async () => {
  const ran = await person.rolecall(["credentials", "testing-operator"]);
  expect(ran.stderr).toMatch(
    /testing operator needs an MFA code, and there is no terminal .*--mfa-stdin, or set mfa_process/,
  );
  expect([ran.code, ran.stdout]).toEqual([2, ""]);
});
