import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readKeychain } from "../../modules/machine/session-keychain";
import { storeSeed } from "../../modules/machine/store-seed";

/*
 * What secret-tool 0.20.5 says and ends with, measured with gnome-keyring in November 2026: of a locked keychain a look-up says as
 * little as of a seed that is not there. macOS's program by its documentation.
 */
const SERIAL = "arn:aws:iam::111111111111:mfa/ann";
const LOOKUP_FAILS = "lookup) exit 1 ;;";

let bin = "";
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), "rolecall-keychain-"));
});
afterEach(() => {
  rmSync(bin, { recursive: true, force: true });
});

function program(name: string, cases: string): NodeJS.ProcessEnv {
  writeFileSync(join(bin, name), `#!/bin/sh\necho "$LC_ALL $@" >> ${bin}/asked\ncase $1 in\n${cases}\nesac\n`, {
    mode: 0o755,
  });
  return { ...process.env, PATH: `${bin}:${process.env["PATH"]}`, LC_ALL: "de_DE.UTF-8" };
}

const onLinux = process.platform === "darwin" ? describe.skip : describe;

/** What the program does, and what its keychain then holds. */
const LOOKUPS = [
  ["a seed", "lookup) echo SEED ;;", { kind: "seed", seed: "SEED" }],
  ["a seed without a line end", "lookup) printf SEED ;;", { kind: "seed", seed: "SEED" }],
  ["an empty seed", "lookup) echo ;;\nsearch) exit 0 ;;", { kind: "absent" }],
  ["no seed", `${LOOKUP_FAILS}\nsearch) exit 0 ;;`, { kind: "absent" }],
  [
    "a locked keychain",
    `${LOOKUP_FAILS}\nsearch) echo "[/org/freedesktop/secrets/collection/login/1]"; echo "secret-tool: Cannot get secret of a locked object" >&2; echo "attribute.service = rolecall-mfa" >&2 ;;`,
    { kind: "locked" },
  ],
  [
    "no D-Bus",
    "*) echo 'secret-tool: Cannot autolaunch D-Bus without X11 $DISPLAY' >&2; exit 1 ;;",
    { kind: "absent" },
  ],
  ["a crash", "*) kill -SEGV $$ ;;", { kind: "absent" }],
  ["a word like it in an attribute", `${LOOKUP_FAILS}\nsearch) echo "label = unlocked object" ;;`, { kind: "absent" }],
] as const;

onLinux("secret-tool", () => {
  test.each(LOOKUPS)("%s", async (_, cases, expected) => {
    expect(await readKeychain(program("secret-tool", cases), SERIAL)).toEqual(expected);
    // What is read is in English.
    expect(readFileSync(join(bin, "asked"), "utf8")).toMatch(/^C lookup service rolecall-mfa account arn:/);
  });

  test("no such program", async () => {
    expect(await readKeychain({ PATH: bin }, SERIAL)).toEqual({ kind: "absent" });
    expect(await storeSeed({ PATH: bin }, SERIAL, "SEED")).toBe("no program");
  });

  test.each([
    ["store) cat > /dev/null ;;", "stored"],
    ["store) echo 'secret-tool: Cannot create an item in a locked collection' >&2; exit 1 ;;", "locked"],
    [
      "store) echo 'secret-tool: Object does not exist at path /org/freedesktop/secrets/collection/login' >&2; exit 1 ;;",
      "refused",
    ],
  ])("storing: %s is %s", async (cases, expected) => {
    expect(await storeSeed(program("secret-tool", cases), SERIAL, "SEED")).toBe(expected);
  });
});

describe("macOS's program", () => {
  const platform = Object.getOwnPropertyDescriptor(process, "platform") as PropertyDescriptor;
  beforeEach(() => Object.defineProperty(process, "platform", { value: "darwin" }));
  afterEach(() => Object.defineProperty(process, "platform", platform));

  test.each([
    ["find-generic-password) echo SEED ;;", { kind: "seed", seed: "SEED" }],
    ["find-generic-password) exit 44 ;;", { kind: "absent" }],
    ["find-generic-password) exit 36 ;;", { kind: "locked" }],
  ])("%s", async (cases, expected) => {
    expect(await readKeychain(program("security", cases), SERIAL)).toEqual(expected);
  });
});
