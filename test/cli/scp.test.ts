import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scp } from "../../modules/cli/proof/scp";
import { QUOTAS } from "../../modules/iam/quotas";
import { type Executed, executed } from "../support/execute";

const root = mkdtempSync(join(tmpdir(), "rolecall-scp-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** So many accounts; `deployRole` gives each its own, or all one. */
function write(count: number, deployRole: (index: number) => string, region = "eu-central-1"): void {
  const keys = Array.from({ length: count }, (_, index) => `a${index}`);
  const accounts = keys.map(
    (key, index) => `  ${key}: { id: "${100_000_000_000 + index}", deployRole: ${deployRole(index)} }`,
  );
  const lines = [
    ...["organization: example", `region: ${region}`, 'userAccount: { id: "111111111111", deployRole: deploy }'],
    ...["accounts:", ...accounts, "teams:"],
    `  seniors: { ${keys.map((key) => `${key}: administrator`).join(", ")} }`,
    ...["people:", "  ann@example.org: { teams: [seniors] }", ""],
  ];
  writeFileSync(join(root, "roster.yaml"), lines.join("\n"));
}

function run(options: Parameters<typeof scp.run>[1] = {}): Promise<Executed> {
  return executed(root, scp, options);
}

test("120 accounts with one deploy role name have one short policy, without white space", async () => {
  write(120, () => "deploy");
  const { code, stdout, stderr } = await run();
  expect(code).toBe(0);
  expect(stdout).toBe(`${JSON.stringify(JSON.parse(stdout))}\n`);
  expect(stdout.length).toBeLessThan(2_000);
  expect(stderr).toContain(`${stdout.length.toLocaleString("en-US")} of 10,240 characters`);
});

test("what AWS would refuse is not printed; the size and the cure are", async () => {
  write(120, (index) => `deploy-role-of-the-account-number-${index}`);
  const { code, stdout, stderr } = await run();
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/would have [\d,]+ characters, and AWS takes 10,240 \(5,120 until May 2026\)/);
  expect(stderr).toContain("the 121 accounts have 121 different deploy roles: give all of them one name (deployRole)");
});

test("around the limit exactly what fits is printed", async () => {
  const codes = new Set<number>();
  for (let count = 30; count <= 60; count++) {
    write(count, (index) => `deploy-role-of-the-account-number-${index}`);
    const { code, stdout } = await run();
    codes.add(code);
    expect(stdout.length).toBeLessThanOrEqual(QUOTAS.serviceControlPolicyChars);
    expect(code === 0).toBe(stdout !== "");
  }
  expect([...codes].sort()).toEqual([0, 1]);
});

test("one policy for each account, each with the account it is for", async () => {
  write(120, (index) => `deploy-role-of-the-account-number-${index}`);
  const { code, stdout, stderr } = await run({ each: true });
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect([code, lines.length]).toEqual([0, 121]);
  for (const { attachTo, policy, chars } of lines) {
    const text = JSON.stringify(policy);
    expect(text.length).toBe(chars);
    expect(new Set(text.match(/\d{12}/g))).toEqual(new Set([attachTo]));
  }
  expect(stderr).toContain("Attach each to the account in its attachTo and to nothing else");
  const one = await run({ account: "a7" });
  expect(JSON.parse(one.stdout)).toEqual(lines.find(({ account }) => account === "a7")?.["policy"]);
  expect(one.stderr).toContain("Attach it to the account 100000000007 (a7) and to nothing else");
  expect(await run({ account: "a777" })).toMatchObject({ code: 2, stderr: expect.stringContaining("did you mean") });
});

test("in GovCloud it speaks of that partition's roles", async () => {
  write(3, () => "deploy", "us-gov-west-1");
  const { stdout } = await run();
  expect(stdout).toContain("arn:aws-us-gov:iam::*:role/deploy");
  expect(stdout).not.toContain("arn:aws:");
});
