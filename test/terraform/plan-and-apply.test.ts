import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asFlag } from "../../modules/cli/flags";
import { FakeProject } from "./fake-project";
import { apply, destroy, plan } from "./stack-commands";

const ALL = { stacks: [], parallelism: 2, json: false };
let project: FakeProject;

beforeEach(() => {
  project = new FakeProject();
  project.write({ user: { a: { input: "1" } }, testing: { b: { input: "1" }, c: { input: "1" } } });
});
afterEach(() => project.remove());

test("plan, apply of the saved plan, no change, destroy, with their exit codes", async () => {
  expect(await plan(project.context(), ALL, project.tools())).toBe(1);
  expect(project.out).toContain("stack testing: 2 to add, 0 to change, 0 to destroy");
  expect(project.out).toContain("    create terraform_data.b\n");
  const plans = join(project.root, ".rolecall/plans");
  expect(statSync(plans).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(plans)) expect(statSync(join(plans, file)).mode & 0o777).toBe(0o600);

  const saved = { ...ALL, plans, autoApprove: true };
  expect(await apply(project.context(), saved, project.tools())).toBe(0);
  expect(project.state("testing").resources).toHaveLength(2);
  expect(await apply(project.context(), saved, project.tools())).toBe(1);
  expect(project.talk + project.out).toContain("applied already");

  expect(await plan(project.context(), ALL, project.tools())).toBe(0);
  expect(project.out).toBe("stack testing: no changes\nstack user: no changes\n");
  expect(await apply(project.context(), saved, project.tools())).toBe(0);

  expect(await destroy(project.context(), { ...ALL, autoApprove: true }, project.tools())).toBe(0);
  expect(project.state("testing").resources).toHaveLength(0);
  expect(readdirSync(join(project.root, ".rolecall/destroy")).filter((name) => !name.endsWith(".log"))).toEqual([]);
});

test("one stack of three fails: the others are planned and applied, the exit code is 2", async () => {
  const fails = { b: { provisioner: [{ "local-exec": { command: "exit 7" } }] } };
  project.write({ user: { a: {} }, testing: fails, production: { c: {} } });
  expect(await apply(project.context(), { ...ALL, autoApprove: true, json: true }, project.tools())).toBe(2);
  const { stacks } = JSON.parse(project.out);
  expect(stacks.map((stack: { outcome: string }) => stack.outcome)).toEqual(["applied", "failed", "applied"]);
  expect(stacks[1].errors[0]).toContain("local-exec provisioner error");
  expect(project.state("user").resources).toHaveLength(1);
  expect(project.state("production").resources).toHaveLength(1);
});

test("a saved plan is refused when its inputs changed; the fitting one is applied", async () => {
  const plans = join(project.root, "saved");
  expect(await plan(project.context(), { ...ALL, out: plans }, project.tools())).toBe(1);
  project.write({ user: { a: { input: "1" } }, testing: { b: { input: "2" } } });
  expect(await apply(project.context(), { ...ALL, plans, autoApprove: true }, project.tools())).toBe(1);
  expect(project.out).toContain("its synthesized inputs changed since it was planned");
  expect(existsSync(join(project.root, "state/testing.tfstate"))).toBe(false);
  expect(project.state("user").resources).toHaveLength(1);
});

test("a saved plan is refused by terraform when the state moved on", async () => {
  const plans = join(project.root, "saved");
  await plan(project.context(), { ...ALL, stacks: ["user"], out: plans }, project.tools());
  await apply(project.context(), { ...ALL, stacks: ["user"], autoApprove: true }, project.tools());
  expect(await apply(project.context(), { ...ALL, plans, autoApprove: true }, project.tools())).toBe(2);
  expect(project.out).toContain("Saved plan is stale");
});

test("without a terminal nothing is applied unless it is approved", async () => {
  let synthesized = 0;
  const tools = project.tools(true);
  const synth: typeof tools.synth = (...given) => {
    synthesized++;
    return tools.synth(...given);
  };
  const counted = { ...tools, synth };
  for (const [command, run] of Object.entries({ apply, destroy })) {
    expect(await run(project.context(), { ...ALL, autoApprove: false, json: true }, counted)).toBe(2);
    expect(project.talk).toContain("--auto-approve");
    expect(JSON.parse(project.out.trim().split("\n").at(-1) ?? "")).toMatchObject({ command, ok: false });
  }
  expect(await apply(project.context(), { ...ALL, plans: "saved", autoApprove: false }, counted)).toBe(2);
  expect({ synthesized, asked: project.asked }).toEqual({ synthesized: 0, asked: [] });
  expect(existsSync(join(project.root, "state/user.tfstate"))).toBe(false);
});

test("at a terminal a person is asked: no changes nothing, yes applies", async () => {
  expect(await apply(project.context({}, true), { ...ALL, autoApprove: false }, project.tools(false))).toBe(1);
  expect(existsSync(join(project.root, "state/user.tfstate"))).toBe(false);
  expect(await apply(project.context({}, true), { ...ALL, autoApprove: false }, project.tools(true))).toBe(0);
  expect(project.asked[1]).toBe("apply these changes to testing, user? type yes: ");
});

test("an unknown stack is named with the nearest one", async () => {
  expect(await plan(project.context(), { ...ALL, stacks: ["testng"] }, project.tools())).toBe(2);
  expect(project.talk).toContain('unknown stack "testng"; did you mean "testing"?');
});

test.each(["evil.tf.json", "x.tofu", "more.auto.tfvars", "override.tf"])(
  "%s beside a stack would be applied, too, and is refused",
  async (name) => {
    expect(await plan(project.context(), ALL, project.tools())).toBe(1);
    writeFileSync(join(project.root, "cdktf.out/stacks/testing", name), "{}");
    expect(await apply(project.context(), { ...ALL, autoApprove: true }, project.tools())).toBe(2);
    expect(project.talk).toContain(`${name}" would be applied as well; remove it`);
  },
);

test("a folder of saved plans keeps what is not a receipt", async () => {
  expect(await plan(project.context(), { ...ALL, out: "." }, project.tools())).toBe(1);
  expect(await plan(project.context(), { ...ALL, out: ".", stacks: ["user"] }, project.tools())).toBe(1);
  expect(existsSync(join(project.root, "stacks.json"))).toBe(true);
  expect(existsSync(join(project.root, "testing.tfplan"))).toBe(false);
  expect(existsSync(join(project.root, "user.tfplan"))).toBe(true);
});

test("a stack that leaves the roster with resources in its state is named in every run", async () => {
  expect(await apply(project.context(), { ...ALL, autoApprove: true }, project.tools())).toBe(0);
  project.write({ user: { a: { input: "1" } } });
  expect(await plan(project.context(), ALL, project.tools())).toBe(0);
  expect(project.talk).toContain("the stack testing left the roster, but 2 of its resources still exist in AWS");
  expect(project.talk).toContain("state/testing.tfstate");
});

test("a receipt that says less than its plan does is refused, and so is a plan to destroy", async () => {
  expect(await plan(project.context(), ALL, project.tools())).toBe(1);
  const plans = join(project.root, ".rolecall/plans");
  const receipt = join(plans, "testing.receipt.json");
  const before = readFileSync(receipt, "utf8");
  const saved = { ...ALL, stacks: ["testing"], plans, autoApprove: true };
  writeFileSync(receipt, JSON.stringify({ ...JSON.parse(before), changes: [] }));
  expect(await apply(project.context(), saved, project.tools())).toBe(1);
  expect(project.out).toContain("it does not do what its receipt says");
  expect(existsSync(join(project.root, "state/testing.tfstate"))).toBe(false);

  writeFileSync(receipt, JSON.stringify({ ...JSON.parse(before), mode: "destroy" }));
  expect(await apply(project.context(), saved, project.tools())).toBe(1);
  expect(project.out).toContain("it is a plan to destroy");
});

test("a plan that another run replaces while somebody is asked is not applied", async () => {
  const tools = project.tools();
  const confirm = async () => {
    project.write({ user: { a: { input: "1" } }, testing: { b: { input: "2" }, c: { input: "1" } } });
    const elsewhere = { CDKTF_OUTPUT: "other.out" };
    await plan(project.context(elsewhere), { ...ALL, out: ".rolecall/apply" }, project.tools());
    return true;
  };
  const run = { ...ALL, autoApprove: false };
  expect(await apply(project.context({}, true), run, { ...tools, confirm })).toBe(1);
  expect(project.out).toMatch(/replaced the plan that was shown|refused/);
  expect(existsSync(join(project.root, "state/testing.tfstate"))).toBe(false);
});

test("a plan by a role that reads is locked by nothing, saved apart, and never applied", async () => {
  project.write({ a: { one: {} } });
  const roles: (string | undefined)[] = [];
  const tools = project.tools();
  const noted = {
    ...tools,
    synth: (context: Parameters<typeof tools.synth>[0], options: Parameters<typeof tools.synth>[1]) => {
      roles.push(options.deployRole);
      return tools.synth(context, options);
    },
  };
  expect(await plan(project.context(), { ...ALL, as: "path/Reader" }, noted)).toBe(1);
  expect(roles).toEqual(["path/Reader"]);
  expect(project.talk).toContain("planned as path/Reader, to be read and never applied");
  expect(existsSync(join(project.root, ".rolecall/plans"))).toBe(false);
  expect(existsSync(join(project.root, ".rolecall/plans-to-read"))).toBe(true);
  for (const as of ["", "a b", "arn:aws:iam::111111111111:role/x", "-x/", "${x}"]) {
    expect(() => asFlag("who plans").parseArg?.(as, undefined)).toThrow("give the name of a role");
  }
});
