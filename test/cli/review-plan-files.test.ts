import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMALL } from "../lifecycle/rosters";
import { capturedPlan } from "../support/captured-plan";
import { heard } from "../support/in-process";
import { type ReviewOptions, runReview } from "../support/run-review";
import { NOW } from "../support/synth";

const root = mkdtempSync(join(tmpdir(), "rolecall-review-plan-files-"));

beforeAll(() => {
  writeFileSync(join(root, "roster.yaml"), SMALL);
  mkdirSync(join(root, "folder"));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

async function reviewed(options: Omit<ReviewOptions, "json">) {
  const { context, stdout, stderr } = heard(root, { now: NOW });
  const code = await runReview(context, { json: false, ...options });
  return { code, stdout: stdout(), stderr: stderr() };
}

function write(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(root, name), bytes);
  return name;
}

describe("what is wrong with the files is told, one line each, exit 2", () => {
  test.each<[string, () => string, RegExp]>([
    ["a file that is not there", () => "none.json", /^"none.json" cannot be read: ENOENT; give what .*\n$/],
    ["a folder", () => "folder", /^"folder": no plan that rolecall plan saved is in this folder; give its files/],
    ["a binary plan", () => write("plan.bin", "PK\u0003\u0004"), /saved plan itself; give what terraform show -json/],
    [
      "half a plan",
      () => write("half.json", capturedPlan("create-user").subarray(0, 20_000)),
      /truncated after 20000 char/,
    ],
    ["a name that paints", () => "\u001b[2J.json", /^"\\u\{1b\}\[2J.json" cannot be read: ENOENT; give what .*\n$/],
    ["a plan of the future", () => write("two.json", '{"format_version":"2.0"}'), /unknown plan format "2.0"/],
  ])("%s", async (_what, file, message) => {
    const { code, stdout, stderr } = await reviewed({ plan: [file()] });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  test("all of them in one run", async () => {
    const { stderr } = await reviewed({ plan: ["a.json", "b.json"] });
    expect(stderr.split("\n").filter((line) => line.includes("ENOENT"))).toHaveLength(2);
  });

  test("neither a base nor a plan", async () => {
    const { code, stderr } = await reviewed({});
    expect(code).toBe(2);
    expect(stderr).toBe("give --base <git-ref>, --plan <file...>, or both\n");
  });
});
