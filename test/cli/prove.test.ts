import { mkdirSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StackJson } from "../support/synth";
import { EXAMPLE_ROSTER, expectCode, HOME, rolecall, run } from "../support/run-command";

jest.setTimeout(120_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-prove-"));
const out = join(root, "out");
const env = process.env;

beforeAll(async () => {
  copyFileSync(EXAMPLE_ROSTER, join(root, "roster.yaml"));
  const synth = await run(process.execPath, [join(HOME, "bin/run.js"), "main.ts"], {
    cwd: root,
    env: { ...env, CDKTF_OUTDIR: out },
  });
  expectCode(synth, 0);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Changes the text of one synthesized stack for one test. */
async function withStack(stack: string, edit: (text: string) => string, then: () => Promise<void>): Promise<void> {
  const file = join(out, "stacks", stack, "cdk.tf.json");
  const before = readFileSync(file, "utf8");
  const after = edit(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  try {
    await then();
  } finally {
    writeFileSync(file, before);
  }
}

test("the example is proven, on one screen, and as JSON", async () => {
  const { stdout } = expectCode(await rolecall(root, env, "prove"), 0);
  expect(stdout.split("\n").length).toBeLessThan(25);
  expect(stdout).toMatch(/^proven: [\d,]+ questions in/m);
  const json = expectCode(await rolecall(root, env, "prove", "--synth", "out", "--json"), 0).stdout;
  expect(JSON.parse(json)).toMatchObject({ schemaVersion: 2, command: "prove", holds: true });
});

test("a warning of the roster is said once, though synthesizing repeats it", async () => {
  writeFileSync(
    join(root, "warned.yaml"),
    `${readFileSync(EXAMPLE_ROSTER, "utf8")}  idle@example.org: { teams: [] }\n`,
  );
  const { stderr } = expectCode(await rolecall(root, env, "prove", "--roster", "warned.yaml"), 0);
  expect(stderr.match(/"idle@example\.org" has access to no account/g)).toHaveLength(1);
});

test("a failure names person, account, what decides, the line of the roster and the cure", async () => {
  const widen = (text: string) => text.replaceAll("role/rolecall/spectator", "role/rolecall/administrator");
  await withStack("user", widen, async () => {
    const { stdout } = expectCode(await rolecall(root, env, "prove", "--synth", "out"), 1);
    expect(stdout).toContain("FAILS  people take exactly the roles the roster grants them");
    expect(stdout).toMatch(
      /roster\.yaml:\d+:\d+: "dev\.one@example\.org" can take administrator in production with MFA/,
    );
    expect(stdout).toMatch(/identity group team-developers\/access, statement 0/);
    expect(stdout).toContain("remove what allows it, or grant it in the roster");
    expect(stdout).toMatch(/^NOT proven/m);
  });
});

test.each([
  [{ Effect: "Allow", Action: "s3:GetObject", Resource: [] }],
  [{ Effect: "Allow", Action: [], Resource: "*" }],
  [{ Effect: "Deny", Action: "s3:GetObject", Resource: "*", Principal: "*" }],
])("a policy of which AWS refuses a part is not proven: %j", async (statement) => {
  const text = JSON.stringify(JSON.stringify(statement)).slice(1, -1);
  const add = (stack: string) => stack.replaceAll('\\"Statement\\":[', `\\"Statement\\":[${text},`);
  await withStack("user", add, async () => {
    const { stdout } = expectCode(await rolecall(root, env, "prove", "--synth", "out"), 1);
    expect(stdout).toContain("NOT proven");
  });
});

test("a token in a policy and a resource nobody can judge are not proven", async () => {
  const token = (text: string) => text.replace("arn:aws:iam::111111111111:root", "${data.x.arn}");
  await withStack("testing", token, async () => {
    expect(expectCode(await rolecall(root, env, "prove", "--synth", "out"), 1).stdout).toContain("NOT proven");
  });
  await withStack(
    "testing",
    (text) => text.replaceAll('aws_iam_role_policy"', 'aws_iam_magic"'),
    async () => {
      const { stdout } = expectCode(await rolecall(root, env, "prove", "--synth", "out"), 1);
      expect(stdout).toContain("cannot be judged");
    },
  );
});

test("a stack that the manifest does not name is no stack that was judged", async () => {
  const stray = join(out, "stacks/zz");
  mkdirSync(stray);
  writeFileSync(join(stray, "cdk.tf.json"), JSON.stringify({ resource: { aws_iam_user: { x: { name: "x" } } } }));
  try {
    const { stderr } = expectCode(await rolecall(root, env, "prove", "--synth", "out"), 2);
    expect(stderr).toContain("manifest.json lists no stack there");
  } finally {
    rmSync(stray, { recursive: true });
  }
  expectCode(await rolecall(root, env, "prove", "--synth", "out"), 0);
});

test.each<[string, string, (json: StackJson) => void, string]>([
  [
    "endpoints",
    "testing",
    (json) => void Object.assign(json.provider.aws[1] ?? {}, { endpoints: [{ iam: "x" }] }),
    'has "endpoints"',
  ],
  [
    "no role",
    "user",
    (json) => void Object.assign(json.provider.aws[1] ?? {}, { assume_role: [{}] }),
    "so it takes none",
  ],
  [
    "an open guard",
    "testing",
    (json) => void Object.assign(json.provider.aws[0] ?? {}, { allowed_account_ids: ["222222222222"] }),
    "the provider aws has the allowed_account_ids",
  ],
  [
    "another state",
    "testing",
    (json) => void Object.assign(json.terraform, { backend: { local: { path: "/x" } } }),
    "backend.local.path",
  ],
  [
    "weak passwords",
    "user",
    (json) =>
      void Object.assign(Object.values(json.resource["aws_iam_account_password_policy"] ?? {})[0] ?? {}, {
        minimum_password_length: 8,
      }),
    "the least length is 8, not 14",
  ],
  [
    "no list",
    "testing",
    (json) => void delete json.resource["aws_iam_role_policies_exclusive"],
    "so additions by hand stay",
  ],
])("%s: not proven, with the stack, what was found and what to do", async (_what, stack, change, text) => {
  const edit = (before: string) => {
    const json = JSON.parse(before) as StackJson;
    change(json);
    return JSON.stringify(json);
  };
  await withStack(stack, edit, async () => {
    const { stdout } = expectCode(await rolecall(root, env, "prove", "--synth", "out"), 1);
    expect(stdout).toContain(text);
    expect(stdout).toMatch(/^NOT proven/m);
  });
});

test("stacks made to be read with another role are proven as that, and not otherwise", async () => {
  const edit = (text: string) => text.replace("role/OrganizationAccountAccessRole", "role/Reader");
  await withStack("testing", edit, async () => {
    const { stdout } = expectCode(await rolecall(root, env, "prove", "--synth", "out"), 1);
    expect(stdout).toContain('the role_arn "arn:aws:iam::222222222222:role/Reader"');
  });
  expectCode(await rolecall(root, env, "prove", "--as", "Reader"), 0);
});

test("another file that Terraform would read beside the stack is not passed over", async () => {
  for (const [name, text] of [
    ["extra.tf.json", "would be applied as well"],
    ["x.auto.tfvars", "would be applied as well"],
    ["x.tfquery.hcl", "as well; remove it"],
    [".terraformrc", "as well; remove it"],
    ["terraform.d", "as well; remove it"],
  ] as const) {
    const extra = join(out, "stacks/testing", name);
    writeFileSync(extra, "{}");
    expect(expectCode(await rolecall(root, env, "prove", "--synth", "out"), 2).stderr).toContain(text);
    rmSync(extra);
  }
});

test("documents that cannot be read are exit 2 with a reason", async () => {
  for (const args of [
    ["--synth", "nowhere"],
    ["--plan", "nowhere.json"],
    ["--plan", "roster.yaml"],
    ["--plan", "roster.yaml", "--live"],
  ]) {
    const { stdout, stderr } = expectCode(await rolecall(root, env, "prove", ...args), 2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/\S+/);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
});

describe("can", () => {
  test.each([
    [
      ["dev.one@example.org", "testing", "ec2:RunInstances"],
      0,
      "yes: dev.one@example.org can ec2:RunInstances in testing",
    ],
    [["dev.one@example.org", "testing", "ec2:PurchaseHostReservation"], 3, "explicitly denied"],
    [
      ["dev.one@example.org", "testing", "s3:ListObjectsV2"],
      0,
      "is an API call; IAM authorizes it as s3:ListBucket (calls of",
    ],
    [["dev.one@example.org", "production", "s3:HeadObject"], 3, "denies s3:GetObject"],
    // One of the four is not allowed: the call is not.
    [
      ["dev.one@example.org", "testing", "iam:AcquireRole"],
      2,
      "as iam:GetRole and iam:CreateRole and iam:PutRolePolicy",
    ],
    [["dev.one@example.org", "testing", "iam:CreateRole"], 2, "it depends on the resource whether dev.one@example.org"],
    [["dev.one@example.org", "testing", "iam:CreateRole"], 2, "would allow, but applies only to certain resources\n"],
    [
      ["dev.one@example.org", "testing", "iam:CreateRole", "arn:aws:iam::222222222222:role/rolecall/x"],
      3,
      "cannot iam:CreateRole on arn:aws:iam::222222222222:role/rolecall/x",
    ],
    // No role that this person can take has a statement about it, whatever other tiers have.
    [["dev.one@example.org", "production", "iam:CreateRole"], 3, "no policy of the principal allows iam:CreateRole\n"],
    [["dev.one@example.org", "testing", "apigateway:CreateRestApi"], 0, "IAM authorizes it as apigateway:POST"],
    [["dev.one@example.org", "production", "opensearch:CreateDomain"], 3, "IAM authorizes it as es:CreateDomain"],
    [["senior.one@example.org", "testing", "iam:AcquireRole"], 0, "allows iam:AttachRolePolicy"],
    [["dev.one@example.org", "user", "s3:CopyObject"], 3, "no policy of the principal allows s3:GetObject"],
    [["dev.one@example.org", "testing", "sts:GetCallerIdentity"], 0, "sts:GetCallerIdentity needs no permission\n"],
    [["dev.one@example.org", "user", "sts:GetSessionToken"], 0, "sts:GetSessionToken needs no permission\n"],
    [["dev.one@example.org", "testing", "sts:GetSessionToken"], 3, "but a user's own keys; ask about the user account"],
    [["dev.one@example.org", "production", "cognito-idp:InitiateAuth"], 0, "needs no permission: IAM is not asked"],
    [["dev.one@example.org", "production", "ec2:RunInstances"], 3, "as spectator (team developers, roster.yaml:"],
    [["dev.one@example.org", "user", "iam:CreateAccessKey"], 0, "yes: "],
    [["dev.one@example.org", "user", "iam:TagUser"], 3, "not through the roster's roles: "],
    [
      ["dev.one@example.org", "production", "ec2:RunInstances"],
      3,
      "roles that others made were not read; ask again with --live",
    ],
    [["senior.one@example.org", "production"], 0, "as administrator"],
  ])("%j is %i", async (args, code, text) => {
    expect(expectCode(await rolecall(root, env, "can", ...args, "--synth", "out"), code).stdout).toContain(text);
  });

  test.each([
    [["dev.on@example.org", "testing"], 'did you mean "dev.one@example.org"?'],
    [["dev.one@example.org", "testin"], 'did you mean "testing"?'],
    [["dev.one@example.org", "testing", "ec2:RunInstance"], 'did you mean "ec2:RunInstances"?'],
    [["dev.one@example.org", "testing", "nonsense"], "service:Action"],
    [["dev.one@example.org", "testing", "nosuch:Action"], "neither AWS's action catalogue of 2"],
    [["dev.one@example.org", "testing", "sts:GetScopedCredentials"], "is an API call that the action catalogue of 2"],
    [["dev.one@example.org", "testing", "dynamodb:ExecuteStatement"], "ask about those"],
    [["dev.one@example.org", "testing", "s3:GetObject", "bucket"], 'invalid resource "bucket"; give an ARN'],
  ])("%j is not answerable", async (args, text) => {
    const { stdout, stderr } = expectCode(await rolecall(root, env, "can", ...args, "--synth", "out"), 2);
    expect(stdout).toBe("");
    expect(stderr).toContain(text);
  });

  test("explained: every tier, every state of MFA; and as JSON", async () => {
    const words = ["dev.two@example.org", "production", "s3:GetObject"];
    const { stdout } = await rolecall(root, env, "prove", "--synth", "out", "--explain", ...words);
    expect(stdout).toMatch(
      /as operator \(own, roster\.yaml:\d+:\d+\)\n {4}taking it with access keys only: explicitly denied/,
    );
    const { stdout: json } = await rolecall(root, env, "can", ...words, "--synth", "out", "--json");
    expect(JSON.parse(json)).toMatchObject({
      ...{ schemaVersion: 3, command: "can", person: words[0], account: words[1] },
      asked: "the roster's roles",
    });
  });
});
