import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ReviewOptions, review } from "../../bin/review";
import { SMALL } from "../lifecycle/rosters";
import { capturedPlan } from "../support/captured-plan";
import { heard } from "../support/in-process";
import { plantSecrets } from "../support/plant-secrets";
import { planOfStacks } from "../support/plan-of-stacks";
import { parseText } from "../support/roster-text";
import { NOW, synthesized } from "../support/synth";

const root = mkdtempSync(join(tmpdir(), "rolecall-review-plans-"));

beforeAll(() => {
  writeFileSync(join(root, "roster.yaml"), SMALL);
  mkdirSync(join(root, "folder"));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

async function reviewed(options: Omit<Partial<ReviewOptions>, "plan"> & { readonly plan: readonly string[] }) {
  const { context, stdout, stderr } = heard(root, { now: NOW });
  const code = await review(context, { json: false, ...options });
  return { code, stdout: stdout(), stderr: stderr() };
}

function write(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(root, name), bytes);
  return name;
}

/** Plans from nothing of the roster as it compiles now, so that they agree with it. */
function currentPlans(): readonly string[] {
  const roster = parseText(SMALL);
  if (!roster.ok) throw new Error(JSON.stringify(roster.findings));
  return Object.entries(synthesized(roster.value)).map(([name, stack]) =>
    write(`${name}.json`, JSON.stringify(planOfStacks(stack, stack))),
  );
}

test("plans that change nothing and end where the roster says: one line, exit 0", async () => {
  expect(await reviewed({ plan: currentPlans() })).toEqual({
    code: 0,
    stdout: "the plans of production, testing, user do what the roster says\n\naccess does not change\n",
    stderr: "",
  });
});

test("what is left behind is told, in text and as JSON, exit 1", async () => {
  const plan = [write("forget.json", capturedPlan("forget-testing"))];
  const sentence = 'role "spectator" stays in AWS and leaves Rolecall\'s control';
  const { stdout } = await reviewed({ plan });
  expect(stdout).toContain(sentence);
  const json = JSON.parse((await reviewed({ plan, json: true })).stdout);
  expect(json).toMatchObject({ schemaVersion: 1, command: "review", plans: expect.any(String) });
  expect(json.changes).toContainEqual({ direction: "widening", account: "testing", sentence });
});

test.each(["create", "unchanged", "update", "drift", "replace"])("no secret of a plan is printed: %s", async (kind) => {
  const plan = [
    write("planted.json", plantSecrets(capturedPlan(`${kind}-testing`), "aws.acct_testing")),
    write("people.json", plantSecrets(capturedPlan(`${kind}-user`), "aws.acct_user")),
  ];
  for (const json of [false, true]) {
    const { code, stdout, stderr } = await reviewed({ plan, json });
    expect(code).toBe(2);
    // What carries the secrets is told; without that this would say nothing.
    for (const told of ["an aws_iam_access_key", "an aws_iam_user_login_profile", "aws_db_instance", "provisioners"])
      expect(stdout).toContain(told);
    expect(`${stdout}${stderr}`.match(/s3cr3t-[\w-]*/g) ?? []).toEqual([]);
  }
});

describe("what is wrong with the files is told, one line each, exit 2", () => {
  test.each<[string, () => string, RegExp]>([
    ["a file that is not there", () => "none.json", /^"none.json" cannot be read: ENOENT\n$/],
    ["a folder", () => "folder", /^"folder" cannot be read: EISDIR\n$/],
    ["a binary plan", () => write("plan.bin", "PK\u0003\u0004"), /saved plan itself; give what terraform show -json/],
    [
      "half a plan",
      () => write("half.json", capturedPlan("create-user").subarray(0, 20_000)),
      /cut off after 20000 char/,
    ],
    ["a name that paints", () => "\u001b[2J.json", /^"\\u\{1b\}\[2J.json" cannot be read: ENOENT\n$/],
    ["a plan of the future", () => write("two.json", '{"format_version":"2.0"}'), /format "2.0" is not known here/],
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
    const { context, stderr } = heard(root, { now: NOW });
    expect(await review(context, { json: false })).toBe(2);
    expect(stderr()).toBe("give --base <git-ref>, --plan <file...>, or both\n");
  });
});
