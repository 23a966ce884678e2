import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { paint } from "../../modules/cli/paint";
import { check } from "../../modules/cli/roster/check";
import { execute } from "../../modules/cli/command";
import { showsColour } from "../../modules/machine/colour";
import { heard } from "../support/in-process";
import { HOME, run } from "../support/run-command";
import cases from "./cases/paint.json";

jest.setTimeout(60_000);

const ON = { colour: { stdout: true, stderr: true } };
const CODES = { red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** `<red>x</red>` as a terminal gets it. */
function escaped(text: string): string {
  return text
    .replace(/<(red|green|yellow|cyan)>/g, (_tag, name: keyof typeof CODES) => `\u001b[${CODES[name]}m`)
    .replace(/<\/\w+>/g, "\u001b[39m");
}

test.each(cases)("the text of $of: $painted", ({ of, painted }) => {
  const plain = painted.replace(/<\/?\w+>/g, "");
  expect(paint(ON, "stdout", of, plain)).toBe(escaped(painted));
  expect(paint({ colour: { stdout: false, stderr: true } }, "stdout", of, plain)).toBe(plain);
  expect(paint({}, "stderr", of, plain)).toBe(plain);
});

test("whatever the text, colour adds escapes and changes no word", () => {
  const word = fc.constantFrom(
    "holds",
    "- ",
    "+ ",
    "1 to add",
    "warning:",
    "a.yaml:1:2: ",
    "yes:",
    "ok  ",
    "\n",
    "more access",
    "stack a: ",
    "failed",
  );
  const text = fc
    .array(
      fc.oneof(
        word,
        fc.string().map((given) => given.replace(/[\u001b\u009b]/g, "")),
      ),
    )
    .map((words) => words.join(""));
  fc.assert(
    fc.property(fc.constantFrom(...new Set(cases.map(({ of }) => of))), text, (of, given) => {
      const painted = paint(ON, "stdout", of, given);
      expect(painted.replace(/\u001b\[(3[1-6]|39)m/g, "")).toBe(given);
    }),
  );
});

test.each<[string, boolean | undefined, NodeJS.ProcessEnv, boolean]>([
  ["a terminal", true, {}, true],
  ["a file or a pipe", undefined, {}, false],
  ["NO_COLOR", true, { NO_COLOR: "1" }, false],
  ["an empty NO_COLOR", true, { NO_COLOR: "" }, true],
  ["NODE_DISABLE_COLORS", true, { NODE_DISABLE_COLORS: "1" }, false],
  ["a dumb terminal", true, { TERM: "dumb" }, false],
  ["CI, as in the sandbox's shell", true, { CI: "1" }, true],
  ["FORCE_COLOR in a pipe", false, { FORCE_COLOR: "1" }, true],
  ["an empty FORCE_COLOR", false, { FORCE_COLOR: "", NO_COLOR: "1" }, true],
  ["FORCE_COLOR=0 at a terminal", true, { FORCE_COLOR: "0" }, false],
  ["FORCE_COLOR=false at a terminal", true, { FORCE_COLOR: "false" }, false],
])("colour with %s", (_what, isTTY, env, expected) => {
  expect(showsColour({ isTTY }, env)).toBe(expected);
});

describe("check, of a roster with an error and hostile text", () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "rolecall-paint-"));
    writeFileSync(join(root, "roster.yaml"), 'organization: example\n"\\e[31mred\\e[2J": x\n');
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("the only escapes are those of the colours, and --json has none", async () => {
    for (const json of [false, true]) {
      const { context, stdout, stderr } = heard(root);
      await execute({ ...context, ...ON }, check, { json });
      const all = stdout() + stderr();
      expect(all).toContain("u{1b}[31mred");
      expect(all.includes("\u001b")).toBe(!json);
      expect(
        all
          .split("\u001b")
          .slice(1)
          .every((rest) => /^\[(31|33|39)m/.test(rest)),
      ).toBe(true);
    }
  });

  /** What arrives at a pseudo-terminal of util-linux's `script`. */
  async function shown(env: NodeJS.ProcessEnv, command: string): Promise<string> {
    const { FORCE_COLOR: _force, NO_COLOR: _no, ...rest } = process.env;
    const program = `"${process.execPath}" "${join(HOME, "bin/rolecall.js")}" ${command}`;
    const { stdout } = await run("script", ["-qec", program, "/dev/null"], {
      cwd: root,
      env: { ...rest, TERM: "xterm", ...env },
    });
    return stdout;
  }

  test("a terminal shows colour; with NO_COLOR, a pipe or --json it is the same text without", async () => {
    const painted = await shown({}, "check");
    expect(painted).toContain("\u001b[31mroster.yaml:2:1:\u001b[39m ");
    const plain = await shown({ NO_COLOR: "1" }, "check");
    expect(plain).not.toContain("\u001b");
    expect(stripVTControlCharacters(painted)).toBe(plain);
    for (const [env, command] of [
      [{ TERM: "dumb" }, "check"],
      [{}, "check --json"],
      [{}, "check | cat"],
    ] as const)
      expect(await shown(env, command)).not.toContain("\u001b");
  });
});
