import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import manifest from "../../package.json";
import { GIT_ENV, gitIn } from "../support/git";
import { EXAMPLE_ROSTER, HOME, type Ran, run } from "../support/run-command";
import cases from "./commands.json";
import { BLOCKS, PAGES, proseOf } from "./pages";
import { callsOf, type TypedLine, typedLines } from "./shell";
import { unknownIn, wrongWith } from "./usage";

jest.setTimeout(300_000);

/** What a reader of the pages types. `text` blocks are what is printed. */
const SHELL = BLOCKS.filter(({ language }) => language === "sh");
const LINES: readonly TypedLine[] = SHELL.flatMap(typedLines);
const RUN: ReadonlyMap<string, { readonly exit: number; readonly in?: string }> = new Map(
  cases.run.map(({ command, ...how }) => [command, how]),
);
/** On the sandbox, by test/lifecycle/docs.test.ts. */
const ON_SANDBOX = new Set(cases.sandbox.map(({ command }) => command));
const NOT_RUN = new Set(cases.notRun.flatMap(({ commands }) => commands));

/** docs/reviewing.md shows what they ask for. */
const RULES = 'approvals:\n  - { account: "@production", tier: administrator, by: ["@example/security"], count: 2 }\n';

const folder = mkdtempSync(join(tmpdir(), "rolecall-docs-"));
const programs = join(folder, "bin");

beforeAll(() => {
  mkdirSync(programs);
  writeFileSync(join(programs, "rolecall"), `#!/bin/sh\nexec "${process.execPath}" "${HOME}/bin/rolecall.js" "$@"\n`);
  chmodSync(join(programs, "rolecall"), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every command of every page is run here, or it is said why not", () => {
  expect(LINES.length).toBeGreaterThan(60);
  expect(LINES.filter(({ text }) => !RUN.has(text) && !ON_SANDBOX.has(text) && !NOT_RUN.has(text))).toEqual([]);
});

test("nothing is listed that no page has, or twice", () => {
  const shown = new Set(LINES.map(({ text }) => text));
  const listed = [...RUN.keys(), ...ON_SANDBOX, ...cases.notRun.flatMap(({ commands }) => commands)];
  expect(listed.filter((command) => !shown.has(command))).toEqual([]);
  expect(listed.filter((command, index) => listed.indexOf(command) !== index)).toEqual([]);
});

test("whatever is not run has a reason, and tests that exist", () => {
  for (const { why, shownBy } of cases.notRun) {
    expect(why).toMatch(/\w+ \w+/);
    expect(shownBy.filter((file) => !existsSync(join(HOME, file)))).toEqual([]);
  }
});

test("the command line takes every call of Rolecall as it is written", async () => {
  const wrong: string[] = [];
  for (const { at, text } of LINES) {
    for (const words of callsOf(text)) {
      const why = await wrongWith(words);
      if (why) wrong.push(`${at}: ${text}: ${why}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("and what the prose calls by name: commands and options exist", async () => {
  const wrong: string[] = [];
  for (const page of PAGES)
    for (const [, text = ""] of proseOf(page)
      .join("\n")
      .matchAll(/`(rolecall [^`]+)`/g))
      for (const words of callsOf(text.replaceAll("\n", " "))) {
        const why = await unknownIn(words);
        if (why) wrong.push(`${page.name}: ${text}: ${why}`);
      }
  expect(wrong).toEqual([]);
});

test("scripts and files that are called exist", () => {
  const wrong = LINES.filter(({ text }) => {
    const script = /^npm (?:run (?:-s )?)?(start|test|[\w:-]+)/.exec(text)?.[1];
    const file = /(?:^|\s)(?:node|sh) ([\w./-]+\.(?:js|sh))/.exec(text)?.[1];
    if (script !== undefined && text.startsWith("npm ")) return !Object.keys(manifest.scripts).includes(script);
    return file !== undefined && !existsSync(join(HOME, file));
  });
  expect(wrong).toEqual([]);
});

test("a command, an option or an argument that does not exist is found", async () => {
  expect(await wrongWith(["prov"])).toContain("unknown command 'prov'");
  expect(await wrongWith(["prove", "--alive"])).toContain("unknown option '--alive'");
  expect(await wrongWith(["add", "role", "x"])).toContain("unknown command 'role'");
  expect(await wrongWith(["check", "x"])).toContain("too many arguments");
  expect(await wrongWith(["grant"])).toContain("missing required argument 'person'");
  expect(await wrongWith(["report"])).toContain("--out <file>");
  expect(await unknownIn(["prov"])).toBe("no command prov");
  expect(await unknownIn(["add", "role"])).toBe("no command role");
  expect(await unknownIn(["prove", "--alive"])).toBe("no option --alive");
  expect(callsOf('eval "$(rolecall env testing)"')).toEqual([["env", "testing"]]);
  expect(callsOf("A=b rolecall plan; rolecall exec a -- x | cat")).toEqual([["plan"], ["exec", "a", "--", "x"]]);
  expect(callsOf("rolecall scp > guard.json")).toEqual([["scp"]]);
});

const runnable = SHELL.flatMap((block) => {
  const lines = typedLines(block).filter(({ text }) => RUN.has(text));
  return lines.length > 0 ? [{ at: `${block.page}:${block.line}`, lines }] : [];
});

test.each(runnable)("$at: the commands do what they should", async ({ lines }) => {
  const project = exampleProject();
  for (const { at, text } of lines) {
    const { exit, in: place } = RUN.get(text) ?? { exit: 0 };
    const ran = await typed(project, text, place === "checkout" ? HOME : project);
    if (ran.code !== exit) throw new Error(`${at}: ${text}: exit ${ran.code}\n${ran.stdout}\n${ran.stderr}`);
  }
});

test("every output that a page shows is a command's", () => {
  const blocks = BLOCKS.filter(({ language }) => language === "text");
  const shown = blocks.map(({ page, lines }) => cases.shown.filter((each) => isOf(each, page, lines)).length);
  expect(shown).toEqual(cases.shown.map(() => 1));
});

test.each(cases.shown)("$page shows what $command prints, whatever the numbers are today", async (shown) => {
  const block = BLOCKS.find(({ page, lines }) => isOf(shown, page, lines));
  const project = exampleProject();
  if (shown.replace) {
    const [from = "", to = ""] = shown.replace;
    const roster = readFileSync(join(project, "roster.yaml"), "utf8");
    expect(roster).toContain(from);
    writeFileSync(join(project, "roster.yaml"), roster.replace(from, to));
  }
  const { stdout, stderr } = await typed(project, shown.command, project);
  const printed = withoutNumbers(stdout + stderr);
  // `...` stands for lines that the page leaves out; white space may differ, since a page breaks long lines.
  const pieces = (block?.lines ?? []).join("\n").split(/^\.\.\.$/m);
  expect(pieces.map(withoutNumbers).filter((piece) => !printed.includes(piece))).toEqual([]);
});

function isOf({ page, begins }: (typeof cases.shown)[number], of: string, lines: readonly string[]): boolean {
  return page === of && lines[0]?.startsWith(begins) === true;
}

/** Counts and commits change with every improvement, and the page's are of one day. */
function withoutNumbers(text: string): string {
  return text
    .replace(/\b[0-9a-f]{12}\b/g, "<commit>")
    .replace(/[\d,.]*\d/g, "<n>")
    .replace(/\s+/g, " ")
    .trim();
}

/** As a person types it, in the shell. */
function typed(project: string, text: string, cwd: string): Promise<Ran> {
  return run("/bin/sh", ["-c", datedLater(text)], { cwd, env: environmentOf(project) });
}

/** dev.one's, whose AWS files are the project's own. */
function environmentOf(project: string): NodeJS.ProcessEnv {
  return {
    ...GIT_ENV,
    PATH: `${programs}:${process.env["PATH"]}`,
    ROLECALL_ROSTER: join(project, "roster.yaml"),
    ROLECALL_PERSON: "dev.one@example.org",
    AWS_CONFIG_FILE: join(project, "aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(project, "aws-credentials"),
  };
}

/** A repository with the example, whose `origin/main` is what is checked out. */
function exampleProject(): string {
  const project = mkdtempSync(join(folder, "project-"));
  copyFileSync(EXAMPLE_ROSTER, join(project, "roster.yaml"));
  writeFileSync(join(project, "review.yaml"), RULES);
  const git = gitIn(project);
  git("init", "--quiet", "--initial-branch=main");
  git("add", ".");
  git("commit", "--quiet", "-m", "roster");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  return project;
}

/** The pages' dates pass; those that are run stay in the future. */
function datedLater(text: string): string {
  return text.replaceAll("2027-01-15", new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
}
