import { execFile } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { FakeProject, script } from "./fake-project";
import { RunnerProcess, until } from "./runner-process";
import { apply, plan } from "./stack-commands";

const ALL = { stacks: [], parallelism: 2, json: false };
let project: FakeProject;

beforeEach(() => {
  project = new FakeProject();
});
afterEach(() => project.remove());

/** A resource whose creation runs a command in the stack's folder. */
function running(command: string) {
  return { provisioner: [{ "local-exec": { command } }] };
}

test("two applies of one state at once: the second says who holds the lock, a later one converges", async () => {
  project.write({ a: { one: running("touch ../../../began; while [ ! -e ../../../go ]; do sleep 0.05; done") } });
  const first = new RunnerProcess(project);
  await until(() => existsSync(join(project.root, "began")));
  expect(await plan(project.context({ CDKTF_OUTPUT: "other.out" }), { ...ALL, out: "other" }, project.tools())).toBe(2);
  expect(project.out).toMatch(/the state is locked by \S+@\S+ since 20.*: wait for that run and try again/);
  writeFileSync(join(project.root, "go"), "");
  expect(await first.ended).toBe(0);
  expect(await plan(project.context(), ALL, project.tools())).toBe(0);
});

test("two runs in one project at once: the second waits for nothing and touches nothing", async () => {
  project.write({ a: { one: running("touch ../../../began; while [ ! -e ../../../go ]; do sleep 0.05; done") } });
  const first = new RunnerProcess(project);
  await until(() => existsSync(join(project.root, "began")));
  expect(await plan(project.context(), ALL, project.tools())).toBe(2);
  expect(project.talk).toContain(`another rolecall (process ${first.child.pid}) is running in this project`);
  writeFileSync(join(project.root, "go"), "");
  expect(await first.ended).toBe(0);
  expect(existsSync(join(project.root, ".rolecall/run.lock"))).toBe(false);
});

test("the state cannot be saved after an apply: it is kept, said so, and nothing is planned against the old one", async () => {
  const server = await fullStateServer();
  try {
    project.write({ a: { one: { input: "kept" } }, b: { one: {} } }, { a: { http: { address: server.address } } });
    expect(await apply(project.context(), { ...ALL, autoApprove: true }, project.tools())).toBe(2);
    expect(project.out).toContain("terraform state push errored.tfstate");
    expect(project.out).toContain("Error: Failed to save state");
    expect(project.state("b").resources).toHaveLength(1);
    const kept = join(project.root, "cdktf.out/stacks/a/errored.tfstate");
    expect(readFileSync(kept, "utf8")).toContain('"kept"');

    server.makeRoom();
    expect(await plan(project.context(), { ...ALL, stacks: ["a"] }, project.tools())).toBe(2);
    expect(project.out).toContain("the state of stack a could not be saved and is in");
    await promisify(execFile)("terraform", ["state", "push", "errored.tfstate"], { cwd: join(kept, "..") });
    rmSync(kept);
    expect(await plan(project.context(), ALL, project.tools())).toBe(0);
  } finally {
    server.close();
  }
});

test("a state folder that cannot be made is said, and the other stack is applied", async () => {
  writeFileSync(join(project.root, "file"), "");
  project.write({ a: { one: {} }, b: { one: {} } }, { a: { local: { path: "../../../file/a.tfstate" } } });
  expect(await apply(project.context(), { ...ALL, autoApprove: true }, project.tools())).toBe(2);
  expect(project.out).toMatch(/stack a: failed\n {2}Error: .*not a directory/);
  expect(project.state("b").resources).toHaveLength(1);
});

test("plans that cannot be saved are a message", async () => {
  project.write({ a: { one: {} } });
  writeFileSync(join(project.root, "file"), "");
  expect(await plan(project.context(), { ...ALL, out: "file" }, project.tools())).toBe(2);
  expect(project.talk).toMatch(/file" cannot be used \(EEXIST\); check that it exists/);
});

test("where others can write plans or stacks nothing is started, and nothing is written through a planted link", async () => {
  project.write({ a: { one: {} } });
  expect(await plan(project.context(), ALL, project.tools())).toBe(1);
  const plans = join(project.root, ".rolecall/plans");
  for (const folder of [plans, join(project.root, ".rolecall"), join(project.root, "cdktf.out")]) {
    const { mode } = statSync(folder);
    chmodSync(folder, 0o777);
    expect(await apply(project.context(), { ...ALL, plans, autoApprove: true }, project.tools())).toBe(2);
    expect(project.talk).toContain("nothing was started: others can write in");
    chmodSync(folder, mode);
  }
  chmodSync(join(plans, "a.receipt.json"), 0o666);
  expect(await apply(project.context(), { ...ALL, plans, autoApprove: true }, project.tools())).toBe(2);
  expect(existsSync(join(project.root, "state/a.tfstate"))).toBe(false);
  const victim = join(project.root, "victim");
  writeFileSync(victim, "theirs");
  for (const name of ["a.tfplan", "a.receipt.json", "a.log"]) {
    rmSync(join(plans, name), { force: true });
    symlinkSync(victim, join(plans, name));
  }
  expect(await plan(project.context(), ALL, project.tools())).toBe(1);
  expect(readFileSync(victim, "utf8")).toBe("theirs");
  renameSync(plans, join(project.root, "elsewhere"));
  mkdirSync(join(project.root, ".rolecall"), { recursive: true });
  symlinkSync(join(project.root, "elsewhere"), plans);
  expect(await plan(project.context(), ALL, project.tools())).toBe(2);
  expect(project.talk).toContain("is a link; name the folder itself");
});

test("an output elsewhere is refused: the relative paths of states would lead to other files", async () => {
  project.write({ a: { one: {} } });
  expect(await plan(project.context({ CDKTF_OUTPUT: "deep/er.out" }), ALL, project.tools())).toBe(2);
  expect(project.talk).toContain('CDKTF_OUTPUT is "deep/er.out"; name a folder directly in the project');
});

test("no terraform: what to install", async () => {
  project.write({ a: { one: {} } });
  expect(await plan(project.context({ TERRAFORM_BINARY_NAME: "no-such-terraform" }), ALL, project.tools())).toBe(2);
  expect(project.talk).toContain('"no-such-terraform" is not installed or not on the PATH; install Terraform 1.10');
});

test("an old terraform is refused", async () => {
  const old = script(project, "old", [`echo '{"terraform_version": "1.9.8"}'`]);
  expect(await plan(project.context({ TERRAFORM_BINARY_NAME: old }), ALL, project.tools())).toBe(2);
  expect(project.talk).toContain("1.9.8 is too old");
});

test("TERRAFORM_BINARY_NAME is what runs; extra arguments and another workspace of the environment are not passed", async () => {
  const tofu = script(project, "tofu", [
    'echo "$@ [$TF_CLI_ARGS$TF_CLI_ARGS_plan$TF_WORKSPACE]" >> "$(dirname "$0")/calls"',
    'exec terraform "$@"',
  ]);
  project.write({ a: { one: {} } });
  const env = { TERRAFORM_BINARY_NAME: tofu, TF_CLI_ARGS_plan: "-destroy", TF_WORKSPACE: "elsewhere" };
  expect(await plan(project.context(env), ALL, project.tools())).toBe(1);
  expect(project.talk).toContain("TF_CLI_ARGS_plan is set and ignored by rolecall");
  const calls = readFileSync(join(project.root, "calls"), "utf8").split("\n");
  expect(calls.map((call) => call.split(" ")[0])).toEqual(["version", "init", "plan", "show", ""]);
  for (const call of calls.slice(0, -1)) expect(call).toMatch(/\[\]$/);
});

test("never more stacks at once than asked for, and all of them run", async () => {
  const counted = running(
    "mkdir -p ../../../now && : > ../../../now/$$; ls ../../../now | wc -l >> ../../../most; sleep 0.3; rm ../../../now/$$",
  );
  project.write(Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, { one: counted }])));
  expect(await apply(project.context(), { ...ALL, autoApprove: true }, project.tools())).toBe(0);
  const counts = readFileSync(join(project.root, "most"), "utf8").trim().split("\n").map(Number);
  expect(counts).toHaveLength(5);
  expect(Math.max(...counts)).toBe(2);
});

test("a folder whose initialization was lost is initialized again", async () => {
  project.write({ a: { one: {} } });
  expect(await plan(project.context(), ALL, project.tools())).toBe(1);
  rmSync(join(project.root, "cdktf.out/stacks/a/.terraform/terraform.tfstate"));
  expect(await plan(project.context(), ALL, project.tools())).toBe(1);
});

/** A remote state without space left, until there is. */
async function fullStateServer() {
  let full = true;
  let state = "";
  const server = createServer((request, response) => {
    if (request.method === "GET") return void response.writeHead(state === "" ? 404 : 200).end(state);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (!full) state = Buffer.concat(chunks).toString("utf8");
      response.writeHead(full ? 413 : 200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const makeRoom = () => {
    full = false;
  };
  return { address: `http://127.0.0.1:${address.port}/`, makeRoom, close: () => server.close() };
}
