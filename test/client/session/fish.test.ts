import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { CONFLICTING } from "../../../modules/client/session/environment";
import { failingLines, shellLines, unsettingLines } from "../../../modules/client/session/shell-lines";
import { describeWith, findProgram } from "../../support/find-program";
import forms from "./fish-forms.json";

const FISH = findProgram("fish", "install it (Debian, Ubuntu: apt-get install fish)");
const KEYS = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "ROLECALL_SESSION"];
const VARIABLES = Object.fromEntries(
  KEYS.map((name) => [name, name === "ROLECALL_SESSION" ? "production operator" : "new"]),
);

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "rolecall-fish-"));
  mkdirSync(join(home, "bin"));
  rolecall(shellLines("fish", VARIABLES, CONFLICTING), 0);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A `rolecall` that prints these lines. */
function rolecall(lines: string, code: number): void {
  writeFileSync(join(home, "lines"), lines);
  writeFileSync(join(home, "bin/rolecall"), `#!/bin/sh\ncat ${home}/lines\nexit ${code}\n`);
  chmodSync(join(home, "bin/rolecall"), 0o755);
}

/** What a fish says that runs this; its universal variables are kept in the test's folder. */
function fish(script: string, env: NodeJS.ProcessEnv = {}): { readonly stdout: string; readonly stderr: string } {
  const base = { PATH: `${home}/bin:${process.env["PATH"]}`, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home };
  const { stdout, stderr } = spawnSync(FISH ?? "", ["-c", script], { env: { ...base, ...env }, encoding: "utf8" });
  return { stdout, stderr };
}

/** What programs see that are started now. */
const SEEN = "env | grep -E '^(AWS|ROLECALL)_' | sort | string replace = ' is '";
const ROLE = [
  "AWS_ACCESS_KEY_ID is new",
  "AWS_SECRET_ACCESS_KEY is new",
  "AWS_SESSION_TOKEN is new",
  "ROLECALL_SESSION is production operator",
  "",
].join("\n");

describeWith(FISH)("in a real fish", () => {
  test.each(forms)("%s sets the role's keys, and what is chained runs", (form) => {
    const env = { AWS_PROFILE: "other", AWS_SESSION_TOKEN: "old" };
    const { stdout, stderr } = fish(`${form}; and echo chained; or echo not-chained $status\n${SEEN}`, env);
    expect([stdout, stderr]).toEqual([`chained\n${ROLE}`, ""]);
  });

  test.each(forms)("%s without keys: the earlier role's keys are gone, and nothing chained runs", (form) => {
    rolecall(failingLines("fish", KEYS), 2);
    const env = Object.fromEntries(KEYS.map((name) => [name, "old"]));
    const { stdout } = fish(`${form}; and echo chained; or echo not-chained\n${SEEN}`, env);
    expect(stdout).toBe("not-chained\n");
  });

  test.each(forms)("%s takes them away again", (form) => {
    rolecall(unsettingLines("fish", KEYS), 0);
    const env = { ...VARIABLES, AWS_PROFILE: "mine" };
    const { stdout, stderr } = fish(`${form}; and echo chained\n${SEEN}`, env);
    expect([stdout, stderr]).toEqual(["chained\nAWS_PROFILE is mine\n", ""]);
  });

  test.each(forms)("%s within a function whose own variables would hide them", (form) => {
    const script = `function f; set -lx AWS_PROFILE mine; set -lx AWS_ACCESS_KEY_ID mine; if true; ${form}; and ${SEEN}; end; end; f`;
    expect(fish(script).stdout).toBe(ROLE);
  });

  test.each(forms)(
    "%s with a universal AWS_PROFILE: no keys, it is said, and it stays for the other shells",
    (form) => {
      fish("set -Ux AWS_PROFILE uni");
      const { stdout, stderr } = fish(
        `${form}; and echo chained; or echo not-chained\n${SEEN}; set -q rolecall_universal; and echo left`,
        { AWS_ACCESS_KEY_ID: "old" },
      );
      expect(stdout).toBe("not-chained\nAWS_PROFILE is uni\n");
      expect(stderr).toContain("no keys: AWS_PROFILE is a universal variable");
      expect(stderr).toContain("set -eU AWS_PROFILE");
      expect(fish(SEEN).stdout).toBe("AWS_PROFILE is uni\n");
      // What it says to do helps.
      expect(fish(`set -eU AWS_PROFILE; ${form}; and ${SEEN}`).stdout).toBe(ROLE);
    },
  );

  test("a universal key is hidden by the role's, and there again without them", () => {
    fish("set -Ux AWS_ACCESS_KEY_ID uni");
    expect(fish(`rolecall env | source; and ${SEEN}`).stdout).toBe(ROLE);
    expect(fish(SEEN).stdout).toBe("AWS_ACCESS_KEY_ID is uni\n");
  });

  test("a universal variable that is not exported is no program's, and stays", () => {
    fish("set -U AWS_PROFILE uni");
    expect(fish(`rolecall env | source; and ${SEEN}`).stdout).toBe(ROLE);
    expect(fish("echo $AWS_PROFILE").stdout).toBe("uni\n");
  });

  test("gets exactly the value, whatever it is", () => {
    const nasty = fc
      .string({ unit: "grapheme" })
      .filter((text) => !/[\u0000\n]/.test(text) && Buffer.from(text).toString() === text);
    fc.assert(
      fc.property(nasty, fc.constantFrom(...forms), (value, form) => {
        rolecall(shellLines("fish", { X: value }, []), 0);
        expect(fish(`${form}; and printf %s "$X"`, { LC_ALL: "C.UTF-8" }).stdout).toBe(value);
      }),
      { numRuns: 40 },
    );
  });
});

test("unquoted in a POSIX shell it is evaluated as one line, too", () => {
  const lines = shellLines("posix", VARIABLES, CONFLICTING);
  const script =
    'eval $(printf %s "$LINES_OF_IT") && echo "$ROLECALL_SESSION" "$AWS_SESSION_TOKEN" "${AWS_PROFILE-none}"';
  for (const shell of ["sh", "bash"])
    expect(
      spawnSync(shell, ["-c", script], { encoding: "utf8", env: { AWS_PROFILE: "x", LINES_OF_IT: lines } }).stdout,
    ).toBe("production operator new none\n");
});
