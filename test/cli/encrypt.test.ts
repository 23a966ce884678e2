import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encryptWithPgp, recipientProblem } from "../../modules/cli/people/encrypt";
import { heard } from "../support/in-process";
import { EXAMPLE_ROSTER, HOME, rolecall } from "../support/run-command";

const AGE = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
const SSH = "AAAAC3NzaC1lZDI1NTE5AAAAIKnuFI3kp6DJZ2aZpWCZ4W8PuL5GBLHcDyFoXKNK7b2o";
const TAKEN = "takes one public key of age-keygen";

const OTHERS: readonly (readonly [recipient: string, says: string, taken: string])[] = [
  ["age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t", 'the age plugin "yubikey"', TAKEN],
  ["age1tpm1qg86fn5esp30u9h6jy6zvu9gcsvnac09vn8jzjxt8s3qtlcv5h2x287wm36", 'the age plugin "tpm"', "| age -r age1tpm1"],
  ["age1fido2-hmac1qqpxztwgd6", 'the age plugin "fido2-hmac"', TAKEN],
  [`ssh-ed25519 ${SSH} ann@laptop`, "is an SSH key", TAKEN],
  ["ssh-rsa AAAAB3NzaC1yc2E", "is an SSH key", "| age -r"],
  ["ecdsa-sha2-nistp256 AAAA", "is an SSH key", TAKEN],
  ["sk-ssh-ed25519@openssh.com AAAA", "is an SSH key", TAKEN],
  [AGE.toUpperCase(), "write it in lowercase", ""],
  [AGE.replace(/p$/, "q"), "typing error", ""],
  [AGE.slice(0, -5), "is truncated", ""],
  ["age1", "is truncated", ""],
  [`${AGE} ${AGE}`, "is more than one word", TAKEN],
  [`${AGE},${AGE}`, "", ""],
  ["github:ann", "is not an age key", TAKEN],
  ["ann@example.org", "is not an age key", TAKEN],
  ["~/.ssh/id_ed25519.pub", "is not an age key", TAKEN],
  ["", "is not an age key", TAKEN],
];

/** The library is a module that Node loads and jest does not. */
function takenByAge(recipients: readonly string[]): readonly boolean[] {
  const script = `import { Encrypter } from "age-encryption";
const takes = (recipient) => { try { new Encrypter().addRecipient(recipient.trim()); return true; } catch { return false; } };
console.log(JSON.stringify(JSON.parse(process.argv[1]).map(takes)));`;
  const args = ["--input-type=module", "-e", script, JSON.stringify(recipients)];
  return JSON.parse(spawnSync(process.execPath, args, { cwd: HOME, encoding: "utf8" }).stdout) as readonly boolean[];
}

describe("age recipients", () => {
  test("the library takes keys of age-keygen, and none of the others", () => {
    expect(takenByAge([AGE, ` ${AGE}\n`])).toEqual([true, true]);
    expect(takenByAge(OTHERS.map(([recipient]) => recipient))).toEqual(OTHERS.map(() => false));
  });

  test.each(OTHERS)("%s: it is said what it is, and what is taken", (recipient, says, taken) => {
    const problem = recipientProblem(recipient);
    expect(problem).toContain(says);
    expect(problem).toContain(taken);
    expect(problem).not.toContain("begins with age1");
  });
});

describe("invite looks at an age recipient before it asks AWS", () => {
  const folder = mkdtempSync(join(tmpdir(), "rolecall-age-"));
  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    AWS_ACCESS_KEY_ID: "x",
    AWS_SECRET_ACCESS_KEY: "x",
    AWS_ENDPOINT_URL: "http://127.0.0.1:1",
    AWS_MAX_ATTEMPTS: "1",
  };
  beforeAll(() => copyFileSync(EXAMPLE_ROSTER, join(folder, "roster.yaml")));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    [`ssh-ed25519 ${SSH} ann@laptop`, "is an SSH key"],
    ["age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t", "the age plugin"],
    ["", "is not an age key"],
    ["ann@example.org", "is not an age key"],
    [AGE.replace(/p$/, "q"), "typing error"],
    // What is right gets as far as AWS.
    [AGE, "ECONNREFUSED"],
  ])(
    "%s",
    async (recipient, says) => {
      const { code, stdout, stderr } = await rolecall(
        folder,
        env,
        "invite",
        "dev.one@example.org",
        "--age-recipient",
        recipient,
      );
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(says);
      expect(stderr.includes("ECONNREFUSED")).toBe(recipient === AGE);
    },
    60_000,
  );
});

describe("gpg", () => {
  let home = "";
  const before = process.env;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "rolecall-offline-"));
    // gpg starts this program for whatever it asks of the network.
    writeFileSync(join(home, "dirmngr"), `#!/bin/sh\ntouch ${home}/asked\nexit 1\n`, { mode: 0o755 });
    writeFileSync(
      join(home, "gpg.conf"),
      `dirmngr-program ${home}/dirmngr\nauto-key-locate local,wkd,keyserver\nauto-key-retrieve\nkeyserver hkps://keys.example.org\n`,
    );
    process.env = { ...before, GNUPGHOME: home, LC_ALL: "C" };
  });
  afterEach(() => {
    process.env = before;
    spawnSync("gpgconf", ["--homedir", home, "--kill", "all"]);
    rmSync(home, { recursive: true, force: true });
  });

  test.each(["nobody@example.org", "0123456789ABCDEF0123456789ABCDEF01234567", "0xDEADBEEF", "Some Body"])(
    "%s, which the keyring does not have, is not looked up on the network",
    async (key) => {
      await expect(encryptWithPgp(heard(home).context, key, "secret")).rejects.toThrow(
        /gpg did not encrypt: .*not looked up/,
      );
      expect(existsSync(join(home, "asked"))).toBe(false);
    },
  );

  test("left to itself gpg would: the test can fail", () => {
    const args = ["--batch", "--no-tty", "--armor", "--recipient", "nobody@example.org", "--encrypt"];
    spawnSync("gpg", args, { input: "x", env: process.env });
    expect(existsSync(join(home, "asked"))).toBe(true);
  });
});
