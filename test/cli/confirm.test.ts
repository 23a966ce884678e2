import { spawn } from "node:child_process";
import { join } from "node:path";
import { HOME } from "../support/run-command";

jest.setTimeout(60_000);

/** What the real question answers when a person types this, on a pseudo-terminal of util-linux's `script`. */
function typed(keys: string): Promise<string> {
  const asking = `${process.execPath} ${join(HOME, "bin/run.js")} test/cli/confirm-driver.ts`;
  const child = spawn("script", ["-qec", asking, "/dev/null"], { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const before = output;
    output += chunk.toString();
    if (!before.includes("type yes:") && output.includes("type yes:")) child.stdin.write(keys);
  });
  return new Promise((done, fail) => {
    child.on("error", () => fail(new Error("script is not installed; install util-linux (bsdutils)")));
    child.on("close", () => done(/answer: (\w+)/.exec(output)?.[1] ?? output));
  });
}

test.each([
  ["yes\r", "true"],
  ["  yes \r", "true"],
  ["no\r", "false"],
  ["y\r", "false"],
  ["\r", "false"],
  ["\u0003", "false"],
  ["\u0004", "false"],
])("typing %j answers %s", async (keys, answer) => {
  expect(await typed(keys)).toBe(answer);
});
