import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import cases from "../docs/commands.json";
import { GIT_ENV, gitIn } from "../support/git";
import { EXAMPLE_ROSTER, HOME, run } from "../support/run-command";

jest.setTimeout(900_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-docs-"));
const project = join(root, "project");
const env = { ...GIT_ENV, PATH: `${join(root, "bin")}:${process.env["PATH"]}` };

beforeAll(() => {
  mkdirSync(project);
  mkdirSync(join(root, "bin"));
  const program = join(root, "bin/rolecall");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${HOME}/bin/rolecall.js" "$@"\n`);
  chmodSync(program, 0o755);
  copyFileSync(EXAMPLE_ROSTER, join(project, "roster.yaml"));
  const git = gitIn(project);
  git("init", "--quiet", "--initial-branch=main");
  git("add", ".");
  git("commit", "--quiet", "-m", "roster");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
});

afterAll(async () => {
  await typed("rolecall sandbox stop");
  rmSync(root, { recursive: true, force: true });
});

test("the pages' commands for the sandbox, one after the other", async () => {
  const wrong: string[] = [];
  for (const { command, exit } of cases.sandbox) {
    const ran = await typed(command);
    if (ran.code !== exit) wrong.push(`${command}: exit ${ran.code}, not ${exit}\n${ran.stdout}${ran.stderr}`);
  }
  expect(wrong).toEqual([]);
});

/**
 * As a person types it, with the sandbox's environment once there is one. In the sandbox plans lie in a folder of its own, and
 * without a terminal an apply asks nobody.
 */
function typed(command: string) {
  const here = command
    .replace(".rolecall/plans", ".rolecall/sandbox/plans")
    .replace(/^rolecall apply.*/, "$& --auto-approve");
  const inside = command === "rolecall sandbox start" ? here : `eval "$(rolecall sandbox env)"; ${here}`;
  return run("/bin/sh", ["-c", inside], { cwd: project, env });
}
