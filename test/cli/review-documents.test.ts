import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GIT_ENV, gitIn } from "../support/git";
import { EXAMPLE_ROSTER, expectCode, HOME, rolecall, run } from "../support/run-command";

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "rolecall-review-documents-"));
const env = GIT_ENV;
const example = readFileSync(EXAMPLE_ROSTER, "utf8");
const review = (...args: string[]) => rolecall(root, env, "review", "--base", "main", ...args);

const git = gitIn(root);

beforeAll(async () => {
  git("init", "--quiet", "--initial-branch=main");
  writeFileSync(join(root, ".gitignore"), ".rolecall\n");
  writeFileSync(join(root, "roster.yaml"), example);
  mkdirSync(join(root, "modules/tiers"), { recursive: true });
  writeFileSync(join(root, "modules/tiers/operator.ts"), "export {};\n");
  git("add", ".");
  git("commit", "--quiet", "-m", "base");
  mkdirSync(join(root, ".rolecall"));
  const made = await run(process.execPath, [join(HOME, "bin/run.js"), "main.ts"], {
    cwd: root,
    env: { ...env, CDKTF_OUTDIR: join(root, ".rolecall/base-synth") },
  });
  expectCode(made, 0);
});
beforeEach(() => {
  git("checkout", "--quiet", "--force", "main");
  git("clean", "-qfd", "modules");
  rmSync(join(root, ".rolecall/head-synth"), { recursive: true, force: true });
  cpSync(join(root, ".rolecall/base-synth"), join(root, ".rolecall/head-synth"), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The head's output as other code would have made it. */
function synthesizedOtherwise(stack: string, from: string, to: string): void {
  const file = join(root, ".rolecall/head-synth/stacks", stack, "cdk.tf.json");
  const text = readFileSync(file, "utf8");
  expect(text.includes(from)).toBe(true);
  writeFileSync(file, text.replaceAll(from, to));
}

const SYNTHS = ["--base-synth", ".rolecall/base-synth", "--head-synth", ".rolecall/head-synth"];

test("a change of code that makes policies cannot be judged without both outputs, also a new file in the working tree", async () => {
  writeFileSync(join(root, "modules/tiers/operator.ts"), "export const more = true;\n");
  writeFileSync(join(root, "modules/tiers/new.ts"), "export {};\n");
  const { stdout } = expectCode(await review(), 2);
  expect(stdout).toContain(
    'code that may make the policies changed ("modules/tiers/new.ts", "modules/tiers/operator.ts")',
  );
});

test("equal outputs speak for the policies alone: what else the code does with rights is more access", async () => {
  mkdirSync(join(root, "modules"), { recursive: true });
  writeFileSync(join(root, "modules/text.ts"), "export const more = true;\n");
  const { stdout } = expectCode(await review(...SYNTHS), 1);
  expect(stdout).toContain('changed ("modules/text.ts"); documents do not show what code does: read it');
  expect(stdout).toContain("the policies are judged by what both sides synthesized");
});

test("code beside a roster in a folder of a larger repository counts, and what git ignores does", async () => {
  const sub = join(root, "access");
  mkdirSync(join(sub, "modules/tiers"), { recursive: true });
  writeFileSync(join(sub, "roster.yaml"), example);
  git("add", "access/roster.yaml");
  git("commit", "--quiet", "-m", "a project in a folder");
  git("tag", "--force", "folder");
  writeFileSync(join(sub, ".gitignore"), "modules\n");
  writeFileSync(join(sub, "modules/tiers/operator.ts"), "export {};\n");
  const { stdout } = expectCode(await rolecall(sub, env, "review", "--base", "folder"), 2);
  expect(stdout).toContain('changed ("access/.gitignore", "access/modules/tiers/operator.ts")');
  rmSync(sub, { recursive: true });
  git("reset", "--quiet", "--hard", "main~1");
});

test.each([
  "modules/cli/stacks/apply.ts",
  "bin/node_modules/esbuild/index.js",
  "cdktf.out/stacks/user/evil.tf.json",
  ".rolecall/node_modules/cdktf/index.js",
  "modules/review/render.ts",
  "modules/tiers/node_modules/yaml/index.js",
  ".github/workflows/apply.yml",
  ".gitattributes",
  "docs/.gitattributes",
  "package-lock.json",
  "npm-shrinkwrap.json",
  "terraform.lock.hcl",
  ".terraformrc",
  "atlantis.yaml",
  "test/x.test.ts",
  "bench/x.ts",
  "roster.schema.json",
])("%s runs with somebody's rights, or decides what does: more access, whatever is synthesized", async (file) => {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "x\n");
  git("add", "--force", file);
  git("commit", "--quiet", "-m", "code");
  git("tag", "--force", "code");
  git("reset", "--quiet", "--hard", "main~1");
  const { stdout } = expectCode(await review("--head", "code", ...SYNTHS), 1);
  expect(stdout).toContain(`changed (${JSON.stringify(file)}); documents do not show what code does: read it`);
});

test("prose and the roster are no code", async () => {
  for (const file of ["README.md", "docs/x.md", "LICENSE", "docs/x.png"]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "x\n");
    git("add", file);
  }
  git("commit", "--quiet", "-m", "no code");
  git("tag", "--force", "no-code");
  git("reset", "--quiet", "--hard", "main~1");
  expectCode(await review("--head", "no-code"), 0);
});

test("outputs of other code are judged by evaluation: more is widening, other words are not", async () => {
  synthesizedOtherwise("testing", "ec2:LockSnapshot", "ec2:CreateReserved*");
  const { stdout } = expectCode(await review(...SYNTHS), 1);
  expect(stdout).toMatch(/operator in testing can do 1 action more: ec2:LockSnapshot.*by a change of code/);
  expect(stdout).not.toContain("production");
});

type Json = Record<string, Record<string, Record<string, Record<string, unknown>>>>;

/** The stack's JSON as other code would have made it. */
function stackOtherwise(stack: string, change: (json: Json) => void): void {
  const file = join(root, ".rolecall/head-synth/stacks", stack, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8"));
  change(json);
  writeFileSync(file, JSON.stringify(json));
}

const providers = (json: Json) => json["provider"]?.["aws"] as unknown as Record<string, unknown>[];
const set = (json: Json, type: string, values: object) => {
  for (const each of Object.values(json["resource"]?.[type] ?? {})) Object.assign(each, values);
};
const SECRET = "hunter2-secret";

test.each<readonly [string, (json: Json) => void]>([
  [
    "required_providers of Terraform",
    (json) => Object.assign(json["terraform"]?.["required_providers"]?.["aws"] ?? {}, { source: "evil/aws" }),
  ],
  ["backend of Terraform", (json) => Object.assign(json["terraform"] ?? {}, { backend: { local: { path: SECRET } } })],
  [
    "assume_role of the provider",
    (json) =>
      Object.assign(providers(json)[1] ?? {}, { assume_role: [{ role_arn: "arn:aws:iam::222222222222:role/x" }] }),
  ],
  ["secret_key of the provider", (json) => Object.assign(providers(json)[1] ?? {}, { secret_key: SECRET })],
  [
    "endpoints of the provider",
    (json) => Object.assign(providers(json)[1] ?? {}, { endpoints: [{ iam: "https://x.example" }] }),
  ],
  ["provider", (json) => providers(json).push({ alias: "other" })],
  ["tags of aws_iam_user", (json) => set(json, "aws_iam_user", { tags: { a: SECRET } })],
  [
    "minimum_password_length of aws_iam_account_password_policy",
    (json) => set(json, "aws_iam_account_password_policy", { minimum_password_length: 6 }),
  ],
  ["aws_iam_account_password_policy", (json) => delete json["resource"]?.["aws_iam_account_password_policy"]],
  ["aws_iam_group_policies_exclusive", (json) => delete json["resource"]?.["aws_iam_group_policies_exclusive"]],
  ["force_destroy of aws_iam_user", (json) => set(json, "aws_iam_user", { force_destroy: false })],
])("%s otherwise is unknown, and its value is not shown", async (what, change) => {
  stackOtherwise("user", change);
  const { stdout } = expectCode(await review(...SYNTHS), 2);
  expect(stdout).toContain(`what the stacks say differs in ${what}, which no document shows`);
  expect(stdout).not.toContain(SECRET);
});

test.each<readonly [string, (json: Json) => void]>([
  [
    "endpoints of the default provider aws",
    (json) => Object.assign(providers(json)[0] ?? {}, { endpoints: [{ iam: "https://x.example" }] }),
  ],
  ["provider", (json) => providers(json).push({ ...providers(json)[1] })],
  [
    "what is an expression",
    (json) => Object.assign(providers(json)[1] ?? {}, { region: "%{ if true }eu-central-1%{ endif }" }),
  ],
  ["cloud of Terraform", (json) => Object.assign(json["terraform"] ?? {}, { cloud: { organization: SECRET } })],
])("%s otherwise in one stack of several is unknown", async (what, change) => {
  stackOtherwise("production", change);
  const { stdout } = expectCode(await review(...SYNTHS), 2);
  expect(stdout).toContain(`what the stacks say differs in ${what}, which no document shows`);
  expect(stdout).not.toContain(SECRET);
});

test("a resource of the same address and account in another stack hides nothing", async () => {
  const type = "aws_iam_account_password_policy";
  stackOtherwise("user", (json) => set(json, type, { minimum_password_length: 6 }));
  const weak = JSON.parse(readFileSync(join(root, ".rolecall/base-synth/stacks/user/cdk.tf.json"), "utf8")) as Json;
  stackOtherwise("testing", (json) => {
    providers(json).push({ ...providers(weak)[1] });
    Object.assign(json["resource"] ?? {}, { [type]: weak["resource"]?.[type] });
  });
  const { stdout } = expectCode(await review(...SYNTHS), 2);
  expect(stdout).toContain(
    `what the stacks say differs in minimum_password_length of ${type}, which no document shows`,
  );
});

test("another lock file is unknown; other writing of the same settings is nothing", async () => {
  stackOtherwise("testing", (json) => {
    const [, account = {}] = providers(json);
    Object.assign(account, { assume_role: (account["assume_role"] as object[])[0], profile: null, endpoints: [] });
    Object.assign(json, { terraform: [json["terraform"]] });
  });
  expectCode(await review(...SYNTHS), 0);
  const lock = join(root, ".rolecall/head-synth/stacks/testing/.terraform.lock.hcl");
  writeFileSync(lock, readFileSync(lock, "utf8").replace("5.100.0", "5.99.0"));
  const { stdout } = expectCode(await review(...SYNTHS), 2);
  expect(stdout).toContain("what the stacks say differs in the lock file, which no document shows");
});

test("what a roster's change brings to the stacks is told by the roster alone", async () => {
  const roster = example
    .replace("dev.one@example.org:    { teams: [developers] }", "dev.one@example.org:    { teams: [seniors] }")
    .replace("people:\n", "people:\n  new.one@example.org: { teams: [developers] }\n")
    .replace("teams:\n", "teams:\n  auditors: { production: spectator }\n")
    .replace("accounts:\n", 'accounts:\n  staging: { id: "444444444444", environment: testing }\n');
  writeFileSync(join(root, "roster.yaml"), roster);
  const made = await run(process.execPath, [join(HOME, "bin/run.js"), "main.ts"], {
    cwd: root,
    env: { ...env, CDKTF_OUTDIR: join(root, ".rolecall/head-synth") },
  });
  expectCode(made, 0);
  const { stdout } = expectCode(await review(...SYNTHS), 1);
  expect(stdout).toContain("the new account staging");
  expect(stdout).not.toMatch(/what the stacks say|by a change of code/);
});

test("an own tier's wider list is evaluated from the roster alone", async () => {
  const tiers = 'tiers:\n  clerk: { allow: ["s3:List*", "ec2:RunInstances"], deny: ["s3:ListBucket"] }\n';
  writeFileSync(join(root, "roster.yaml"), `${example}${tiers}`);
  git("commit", "--quiet", "-am", "a tier");
  git("tag", "--force", "tier");
  writeFileSync(join(root, "roster.yaml"), `${example}${tiers.replace(', deny: ["s3:ListBucket"]', "")}`);
  const { stdout } = expectCode(await rolecall(root, env, "review", "--base", "tier"), 1);
  expect(stdout).toContain("clerk in testing can do 1 action more: s3:ListBucket (nobody holds it now)");
  git("reset", "--quiet", "--hard", "main~1");
});

test("outputs that are missing, half there, or of another roster are said", async () => {
  expect(expectCode(await review("--base-synth", ".rolecall/base-synth"), 2).stderr).toContain("give both");
  const alone = await rolecall(root, env, "review", "--plan", "nowhere", ...SYNTHS);
  expect(expectCode(alone, 2).stderr).toContain("need --base");
  const same = await review("--base-synth", ".rolecall/base-synth", "--head-synth", "./.rolecall/base-synth");
  expect(expectCode(same, 2).stderr).toContain("the same folder");
  expectCode(await review("--base-synth", ".rolecall/base-synth", "--head-synth", "nowhere"), 2);
  writeFileSync(join(root, "roster.yaml"), `${example}  new.one@example.org: { teams: [developers] }\n`);
  expect(expectCode(await review(...SYNTHS), 2).stdout).toContain('it lacks "new.one@example.org"');
  writeFileSync(join(root, ".rolecall/head-synth/stacks/testing/cdk.tf.json"), "{");
  expect(expectCode(await review(...SYNTHS), 2).stderr).toContain("is not JSON; synthesize again");
});
